using Fleet.Core.Inventory;

namespace Fleet.Core.Rotations.Planning;

/// <summary>The gate at which a rotation stops for a person.</summary>
internal static class Approval
{
    /// <summary>Stops a run that has come to its gate and is not approved.</summary>
    /// <returns>Whether it stops.</returns>
    public static bool Stops(Round round)
    {
        var gate = round.Spec.Pool.Approval;
        var there = gate == ApprovalGate.BeforeStart || (gate == ApprovalGate.AfterCanary && round.State.CanaryPassed);
        if (!there || round.State.Approved || round.State.Halt != RotationHalt.None)
        {
            return false;
        }

        Halting.Begin(round, RotationHalt.Stop, PlanReasons.ApprovalNeeded(round.RunId, $"{round.Spec.Pool.Cluster}/{round.Spec.Pool.Name}", gate));
        return true;
    }
}
