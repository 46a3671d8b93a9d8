using Fleet.Core.Telemetry;

namespace Fleet.Core.Schedules;

/// <summary>Counts what came of schedules' times, once each: by whoever recorded it.</summary>
internal static class ScheduleMeasures
{
    /// <summary>Counts the time that a recorded state remembers and the state before it did not.</summary>
    public static void Count(string schedule, ScheduleState before, ScheduleState after)
    {
        if (after.Recent.FirstOrDefault() is { } past && !ReferenceEquals(past, before.Recent.FirstOrDefault()))
        {
            FleetMetrics.ScheduleTimes.Add(1, new("schedule", schedule), new("outcome", Outcome(past)));
        }
    }

    private static string Outcome(Firing past) => past.End switch
    {
        FiringEnd.Missed => "missed",
        FiringEnd.Failed => "failed",
        FiringEnd.Overlapped => "skipped",
        _ => past.Pools.Any(pool => pool.End is PoolEnd.Rotated or PoolEnd.Built or PoolEnd.Promoted) ? "started" : "nothing-to-do",
    };
}
