namespace Fleet.Simulation.Cluster.Api;

/// <summary>Options of a deletion.</summary>
public sealed record DeleteOptions
{
    /// <summary>Precondition: only the object with this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Precondition: only this version of it.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary>Grace in seconds; null takes the pod's own; 0 removes at once, without waiting for the kubelet.</summary>
    public int? GraceSeconds { get; init; }

    /// <summary>What becomes of its dependents.</summary>
    public Propagation Propagation { get; init; }

    /// <summary>Judge only; nothing changes.</summary>
    public bool DryRun { get; init; }
}
