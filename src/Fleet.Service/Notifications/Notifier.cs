using System.Collections.Immutable;
using Fleet.Core.Runs;
using Fleet.Core.Telemetry;
using Fleet.Hosting.Settings;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Notifications;

/// <summary>Tells news of runs to whom the settings name. It works off the outbox beside the runs and never keeps one waiting; of several replicas one sends at a time, and who dies in between is followed by another.</summary>
internal sealed class Notifier(ServiceOptions options, Func<Notification, RunNews, CancellationToken, Task> send, ILogger logger)
{
    /// <summary>Tries of one notification; with the waits between them about half an hour.</summary>
    public const int MostTries = 12;

    private const int Batch = 100;

    private const int AtATime = 8;

    /// <summary>Longer than a try can last.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(30);

    /// <summary>What is older is no news: it is of runs that a command drove, or from before the service stood still for long.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>What is still to be told, as it was at the last look.</summary>
    public ImmutableArray<(string Notification, DateTimeOffset At)> Queue { get; private set; } = [];

    private ImmutableArray<Notification> All => options.Settings.Notifications;

    private TimeProvider Wall => options.Connections.Wall;

    /// <summary>Looks and tells until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await TellAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A database that does not answer for a while must not end the service.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                NotifierLog.LookFailed(logger, failure);
            }

            await Task.Delay(options.Interval, Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TellAsync(CancellationToken stopping)
    {
        var news = await options.News.NewsAsync(Batch, stopping).ConfigureAwait(false);
        var open = new List<(string Notification, DateTimeOffset At)>();
        using var places = new SemaphoreSlim(AtATime);
        await Task.WhenAll(news.Select(one => TellAsync(one, open, places, stopping))).ConfigureAwait(false);
        Queue = [.. open];
    }

    private async Task TellAsync(RunNews news, List<(string Notification, DateTimeOffset At)> open, SemaphoreSlim places, CancellationToken stopping)
    {
        var old = options.Connections.Policy.GetUtcNow() - news.At > Oldest;
        var all = All.Where(one => !old && one.Tells(news)).ToList();
        await Task.WhenAll(all.Select(one => TryAsync(one, news, places, stopping))).ConfigureAwait(false);
        if (!await options.News.ForgetAsync(news.Id, [.. all.Select(one => one.Name)], stopping).ConfigureAwait(false))
        {
            lock (open)
            {
                open.AddRange(all.Select(one => (one.Name, news.At)));
            }
        }
    }

    private async Task TryAsync(Notification to, RunNews news, SemaphoreSlim places, CancellationToken stopping)
    {
        await places.WaitAsync(stopping).ConfigureAwait(false);
        try
        {
            if (await options.News.ClaimAsync(news.Id, to.Name, Hold, Wall.GetUtcNow(), stopping).ConfigureAwait(false) is not { } attempt)
            {
                return;
            }

            try
            {
                await send(to, news, stopping).ConfigureAwait(false);
                await options.News.SettleAsync(news.Id, to.Name, stopping).ConfigureAwait(false);
                Count(to, "sent");
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Handed over at once: whether it arrived is not known.
                await options.News.RetryAsync(news.Id, to.Name, TimeSpan.Zero, Wall.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
                throw;
            }
            catch (NotificationException refused)
            {
                await RefusedAsync(to, news, attempt, refused.Message, stopping).ConfigureAwait(false);
            }
        }
        finally
        {
            places.Release();
        }
    }

    private async Task RefusedAsync(Notification to, RunNews news, int attempt, string why, CancellationToken stopping)
    {
        var what = Labels.Name(news.Event);
        if (attempt < MostTries)
        {
            NotifierLog.Retried(logger, to.Name, what, news.Run, attempt, why);
            Count(to, "retried");
            var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, Math.Pow(2, attempt)));
            await options.News.RetryAsync(news.Id, to.Name, pause, Wall.GetUtcNow(), stopping).ConfigureAwait(false);
            return;
        }

        NotifierLog.GivenUp(logger, to.Name, what, news.Run, attempt, why);
        Count(to, "given-up");
        await options.News.SettleAsync(news.Id, to.Name, stopping).ConfigureAwait(false);
    }

    private static void Count(Notification to, string outcome) => FleetMetrics.Notifications.Add(1, new("notification", to.Name), new("outcome", outcome));
}
