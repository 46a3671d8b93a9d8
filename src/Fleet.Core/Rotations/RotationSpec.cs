using Fleet.Core.Inventory;

namespace Fleet.Core.Rotations;

/// <summary>What a rotation was asked to do; fixed when it starts.</summary>
public sealed record RotationSpec
{
    /// <summary>The kind of its runs.</summary>
    public const string Kind = "rotation";

    /// <summary>The cluster as declared then.</summary>
    public required ClusterSpec Cluster { get; init; }

    /// <summary>The pool as declared then.</summary>
    public required NodePoolSpec Pool { get; init; }

    /// <summary>What its instances shall become.</summary>
    public required RotationTarget Target { get; init; }

    /// <summary>Until when a drain past its limit may delete pods past their budgets; null: never.</summary>
    public DateTimeOffset? ForceUntil { get; init; }

    /// <summary>Instances that go for their age; null: age does not matter.</summary>
    public TooOldInstances? TooOld { get; init; }

    /// <summary>Leave to go on outside the windows; null: none.</summary>
    public WindowWaiver? Waiver { get; init; }
}
