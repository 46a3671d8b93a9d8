using Microsoft.Extensions.Logging;

namespace Fleet.Service.Schedules;

/// <summary>
/// Has the schedules looked at until the service stops: Quartz says when and by whom, and every replica makes sure now and then that each schedule has its next look. Where Quartz does not say so in time, it is looked at here: whatever becomes of
/// Quartz and its tables, no time is lost.
/// </summary>
internal sealed partial class ScheduleTimer(ServiceOptions options, ScheduleKeeper keeper, LookTimes times, ILogger logger)
{
    /// <summary>So much later than planned a look is one that Quartz failed to begin: another replica's death takes it less to see.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    /// <summary>Plans that differ less are the same.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    private bool _failing;

    /// <summary>Returns when no look is under way any more.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await CheckAsync(await PlannedAsync(stopping).ConfigureAwait(false), stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // A database that does not answer for a while must not end the timer.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Log.LookFailed(logger, failure);
            }

            await Task.Delay(keeper.Soon, options.Connections.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await EndAsync().ConfigureAwait(false);
    }

    /// <summary>What Quartz has planned; null where it cannot say.</summary>
    private async Task<Dictionary<string, PlannedLook>?> PlannedAsync(CancellationToken stopping)
    {
        try
        {
            await times.StartAsync(keeper, stopping).ConfigureAwait(false);
            var planned = await times.PlannedAsync(stopping).ConfigureAwait(false);
            _failing = false;
            return planned;
        }
#pragma warning disable CA1031 // Whatever becomes of Quartz, schedules fire.
        catch (Exception failure) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // Once: it is tried again every few seconds.
            if (!_failing)
            {
                Log.QuartzFailed(logger, failure);
            }

            _failing = true;
            return null;
        }
    }

    private async Task CheckAsync(Dictionary<string, PlannedLook>? planned, CancellationToken stopping)
    {
        var schedules = (await options.Inventory.SnapshotAsync(stopping).ConfigureAwait(false)).Schedules;
        foreach (var schedule in schedules)
        {
            if (planned is null)
            {
                _ = keeper.Look(schedule);
                continue;
            }

            var (_, state) = await options.Schedules.ScheduleStateAsync(schedule.Name, stopping).ConfigureAwait(false);
            if (IsOff(planned.GetValueOrDefault(schedule.Name), keeper.Next(schedule, state)))
            {
                _ = keeper.Look(schedule);
            }
        }

        foreach (var gone in (planned?.Keys ?? Enumerable.Empty<string>()).Except(schedules.Select(schedule => schedule.Name)))
        {
            await times.PlanAsync(gone, null, stopping).ConfigureAwait(false);
        }
    }

    private bool IsOff(PlannedLook? planned, DateTimeOffset? wanted) =>
        planned?.At is not { } at ? wanted is not null
        : at < options.Connections.Wall.GetUtcNow() - Grace || (planned.Idle && (wanted is null || wanted + Tolerance < at));

    private async Task EndAsync()
    {
        await TryAsync(times.StandbyAsync).ConfigureAwait(false);
        await keeper.DisposeAsync().ConfigureAwait(false);
        await TryAsync(async () => await times.DisposeAsync().ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task TryAsync(Func<Task> end)
    {
        try
        {
            await end().ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The service stops with a database away, too.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.QuartzFailed(logger, failure);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2100, Level = LogLevel.Error, Message = "Looking at the schedules failed")]
        public static partial void LookFailed(ILogger logger, Exception failure);

        [LoggerMessage(EventId = 2102, Level = LogLevel.Warning, Message = "Quartz does not say who looks at the schedules; until it does, every replica looks at all of them")]
        public static partial void QuartzFailed(ILogger logger, Exception failure);
    }
}
