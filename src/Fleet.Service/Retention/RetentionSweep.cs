using Microsoft.Extensions.Logging;

namespace Fleet.Service.Retention;

/// <summary>
/// Removes what the server's settings keep no longer: journals of runs that ended, and the audit log's oldest entries. Replicas may sweep at once: what one has removed the others do not find.
/// </summary>
internal sealed partial class RetentionSweep(ServiceOptions options, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>The log's beginning is cut once a day at most: every cut is an entry itself.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromDays(1);

    private const int Journals = 200;

    private const int Entries = 10_000;

    /// <summary>Sweeps every hour until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await SweepAsync(stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // Whatever the store fails with, the next sweep finds the same.
            catch (Exception away)
#pragma warning restore CA1031
            {
                Log.Failed(logger, away);
            }

            await Task.Delay(Interval, options.Connections.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Removes everything whose time is over.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await ForgetJournalsAsync(cancellationToken).ConfigureAwait(false);
        await CutAuditAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ForgetJournalsAsync(CancellationToken cancellationToken)
    {
        if (options.Settings.JournalRetention is not { } kept)
        {
            return;
        }

        var (now, all) = (options.Connections.Policy.GetUtcNow(), 0);
        while (await options.Runs.ForgetJournalsAsync(now - kept, now, Journals, cancellationToken).ConfigureAwait(false) is var some and > 0)
        {
            all += some;
        }

        if (all > 0)
        {
            Log.Forgot(logger, all);
        }
    }

    private async Task CutAuditAsync(CancellationToken cancellationToken)
    {
        var now = options.Connections.Wall.GetUtcNow();
        if (options.Settings.AuditRetention is not { } kept || await options.Audit.EntriesAsync(0, 1, cancellationToken).ConfigureAwait(false) is not [var oldest] || oldest.At >= now - kept - Slack)
        {
            return;
        }

        while (await options.Audit.CutAsync(now - kept, now, Entries, cancellationToken).ConfigureAwait(false) is { } cut)
        {
            Log.Cut(logger, cut.Sequence, cut.Outcome);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1200, Level = LogLevel.Information, Message = "Retention removed the journals of {Runs} runs")]
        public static partial void Forgot(ILogger logger, int runs);

        [LoggerMessage(EventId = 1201, Level = LogLevel.Information, Message = "Retention cut the audit log, entry {Sequence} tells of it: {Outcome}")]
        public static partial void Cut(ILogger logger, long sequence, string outcome);

        [LoggerMessage(EventId = 1202, Level = LogLevel.Warning, Message = "Retention could not sweep; tried again in an hour")]
        public static partial void Failed(ILogger logger, Exception away);
    }
}
