using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Whether pods fit all at once on the nodes that stay.</summary>
public sealed record FitResult
{
    /// <summary>A place for each pod; empty when they do not all fit.</summary>
    public ImmutableArray<Placement> Placements { get; init; } = [];

    /// <summary>The first pod without a place; null when all fit.</summary>
    public Pod? Misfit { get; init; }

    /// <summary>Why that pod fits nowhere, in the scheduler's words; null when all fit.</summary>
    public Reason? Reason { get; init; }

    /// <summary>Whether all fit.</summary>
    public bool Fits => Misfit is null;
}
