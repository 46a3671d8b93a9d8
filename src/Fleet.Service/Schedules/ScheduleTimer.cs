namespace Fleet.Service.Schedules;

/// <summary>Has the schedules looked at until the service stops.</summary>
internal static class ScheduleTimer
{
    /// <summary>Returns when no look is under way any more.</summary>
    public static async Task RunAsync(ServiceOptions options, ScheduleKeeper keeper, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            await keeper.LookAsync(CancellationToken.None).ConfigureAwait(false);
            await Task.Delay(options.Interval, options.Connections.Wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await keeper.DisposeAsync().ConfigureAwait(false);
    }
}
