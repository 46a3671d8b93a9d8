namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A volume bound to one zone.</summary>
public sealed record PersistentVolume : WorldObject
{
    /// <summary>The zone whose nodes can attach it (nodeAffinity).</summary>
    public required string Zone { get; init; }

    /// <summary>The claim that has it, <c>namespace/name</c>; null when free.</summary>
    public ObjectKey? Claim { get; init; }
}
