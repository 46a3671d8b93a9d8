using Fleet.Core.Access;
using Fleet.Core.Retirement.Orders;
using Fleet.Service.Http;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Images;

/// <summary>Orders a sweep of images in every period that the server's settings name. Its key is the period's: of several replicas one orders it, and none twice.</summary>
internal sealed partial class RegularSweeps(ServiceOptions options, SweepStarter starter, ILogger logger)
{
    private static readonly Caller Orderer = new("settings/images.sweep", [], "settings/images.sweep");

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private string? _ordered;

    /// <summary>Orders until it is stopped; returns at once where the settings name no period.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (options.Settings.Images.SweepEvery is { } every && !stopping.IsCancellationRequested)
        {
            var pause = options.Interval;
            try
            {
                await OrderAsync(every, stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the store fails with, the period's sweep is ordered when it answers.
            catch (Exception away)
#pragma warning restore CA1031
            {
                Log.Failed(logger, away);
                pause = Pause;
            }

            await Task.Delay(pause, options.Connections.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task OrderAsync(TimeSpan every, CancellationToken cancellationToken)
    {
        var now = options.Connections.Policy.GetUtcNow();
        var key = $"images.sweep.{now.AddTicks(-(now.Ticks % every.Ticks)):yyyyMMdd'T'HHmmss'Z'}";
        if (key == _ordered)
        {
            return;
        }

        try
        {
            // The key says all of the order that can differ between two tries.
            await starter.StartAsync(new ImageSweepOrder { Key = key, Parameters = options.Settings.Images.SweepParameters }, key, Orderer, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException refused) when (refused.Code == "run-under-way")
        {
            // A sweep that is under way, or stands until a person acts, is the period's.
        }

        _ordered = key;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2200, Level = LogLevel.Warning, Message = "The regular sweep of images could not be ordered; tried again in a minute")]
        public static partial void Failed(ILogger logger, Exception away);
    }
}
