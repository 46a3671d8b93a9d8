using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Orders;

/// <summary>A rotation as a request to the API asks for it.</summary>
public sealed record RotationOrder
{
    /// <summary>The caller's own key: repeated, it names the first run. Null for none.</summary>
    public string? Key { get; init; }

    /// <summary>The cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>The pool.</summary>
    public required string Pool { get; init; }

    /// <summary>What becomes of it when the pool has a run that has not ended. Default: it is refused.</summary>
    public WhenUnderWay WhenUnderWay { get; init; }

    /// <summary>What is asked of this run.</summary>
    public RotationWishes Wishes { get; init; } = new();
}
