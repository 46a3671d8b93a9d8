using Fleet.Core.Inventory;

namespace Fleet.Core.Schedules;

/// <summary>Begins the runs of schedules, the same way as runs that people order.</summary>
public interface IScheduledStarts
{
    /// <summary>Looks whether there is something to do, and begins a run where there is. Repeated under the same key it finds the first run.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="step">What is to be done.</param>
    /// <param name="key">The key of the schedule's time and the step.</param>
    /// <param name="firing">The schedule's time, with who asked for it.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    Task<ScheduledStart> StartAsync(ScheduleSpec schedule, ScheduleStep step, string key, Firing firing, CancellationToken cancellationToken);
}
