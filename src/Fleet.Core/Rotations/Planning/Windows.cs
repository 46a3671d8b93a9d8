using Fleet.Core.Gates;
using Fleet.Core.Inventory;

namespace Fleet.Core.Rotations.Planning;

/// <summary>
/// Nothing new begins outside the windows: neither the first change, nor surge, nor a slot. What is under way goes on, and a cancelled run puts things back at any time. While nothing is under way the time to the
/// next window does not count against the run's limits.
/// </summary>
internal static class Windows
{
    /// <summary>How exactly the time is left out: each change is a write.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromMinutes(1);

    /// <summary>Whether nothing may begin now; then a reason says until when.</summary>
    public static bool Closed(Round round)
    {
        var moment = MaintenanceCalendar.At(Kept(round, round.Spec.Pool.Maintenance ?? round.Spec.Cluster.Maintenance), round.Now);
        round.LookBy(moment.Changes ?? DateTimeOffset.MaxValue);
        if (moment.Open || round.State.Halt == RotationHalt.Cancel || round.Spec.Waiver?.Until > round.Now)
        {
            round.State = round.State with { HeldAt = null };
            return false;
        }

        round.Wait(PlanReasons.WindowClosed(round.Spec.Pool.Name, moment, round.Spec.Waiver, round.Now));
        if (round.State.Slots.IsEmpty && round.State.Joining.Count == 0)
        {
            LeaveOut(round);
        }

        return true;
    }

    private static MaintenanceSpec? Kept(Round round, MaintenanceSpec? declared) => declared is null ? null : declared with
    {
        Windows = round.Keeps(Safeguard.Windows) ? declared.Windows : [],
        Exclusions = round.Keeps(Safeguard.Exclusions) ? declared.Exclusions : [],
    };

    private static void LeaveOut(Round round)
    {
        var held = round.State.HeldAt is { } since ? round.Now - since : TimeSpan.Zero;
        if (round.State.HeldAt is null || held >= Grain)
        {
            round.State = round.State with { HeldAt = round.Now, Started = round.State.Started + held, Progress = round.Now, BlockedSince = null };
        }
    }
}
