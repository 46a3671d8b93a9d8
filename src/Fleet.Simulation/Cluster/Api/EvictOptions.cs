namespace Fleet.Simulation.Cluster.Api;

/// <summary>Options of an eviction (its deleteOptions).</summary>
public sealed record EvictOptions
{
    /// <summary>Precondition: only the pod with this uid.</summary>
    public string? Uid { get; init; }

    /// <summary>Precondition: only this version of it.</summary>
    public long? ResourceVersion { get; init; }

    /// <summary>Judge only; neither pod nor budget changes.</summary>
    public bool DryRun { get; init; }

    /// <summary>Grace in seconds; null takes the pod's own.</summary>
    public int? GraceSeconds { get; init; }
}
