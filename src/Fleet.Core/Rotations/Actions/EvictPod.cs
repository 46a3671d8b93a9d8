using Fleet.Core.Disruption;

namespace Fleet.Core.Rotations.Actions;

/// <summary>Evicts a pod within its budgets.</summary>
public sealed record EvictPod(Pod Pod) : RotationAction
{
    /// <inheritdoc/>
    public override string Key => $"evict {Pod.Uid}";

    /// <inheritdoc/>
    public override string Lane => Pod.Uid;
}
