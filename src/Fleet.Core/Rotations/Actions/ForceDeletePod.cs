using Fleet.Core.Disruption;

namespace Fleet.Core.Rotations.Actions;

/// <summary>Deletes a pod past its budgets; only in a run that was told to force.</summary>
public sealed record ForceDeletePod(Pod Pod) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"delete {Pod.Uid}";

    /// <inheritdoc/>
    public override string Lane => Pod.Uid;
}
