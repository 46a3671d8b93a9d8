using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>The CSI drivers registered on the node of the same name.</summary>
public sealed record CsiNode : WorldObject
{
    /// <summary>Driver names.</summary>
    public ImmutableArray<string> Drivers { get; init; } = [];
}
