using Fleet.Core.Inventory;

namespace Fleet.Core.Schedules;

/// <summary>Begins the runs of schedules, the same way as runs that people order.</summary>
public interface IScheduledStarts
{
    /// <summary>Looks whether a pool has something to do, and begins a run where it has. Repeated under the same key it finds the first run.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="pool">The pool's name.</param>
    /// <param name="key">The key of the schedule's time and the pool.</param>
    /// <param name="firing">The schedule's time, with who asked for it.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    Task<ScheduledStart> StartAsync(ScheduleSpec schedule, string pool, string key, Firing firing, CancellationToken cancellationToken);
}
