using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Planning;

/// <summary>What a failed slot costs: half the width, and after too many the run.</summary>
internal static class Failures
{
    /// <summary>Counts a slot's failure; a failed canary, or more than one failure and 2 % of the pool, stops the run.</summary>
    public static Slot Count(Round round, Slot slot, Reason reason)
    {
        round.Replace(slot);
        round.State = round.State with { Failures = round.State.Failures + 1, Width = Math.Max(1, round.State.Width / 2) };
        var failed = round.State.Slots.Count(known => known.Failed) + round.State.SettleFailures;
        if (!round.State.CanaryPassed || failed > Math.Max(1, round.State.Total / 50))
        {
            Halting.Begin(round, RotationHalt.Stop, reason);
        }

        return slot;
    }
}
