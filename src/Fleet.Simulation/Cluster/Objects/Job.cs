namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A Job: pods until enough have succeeded.</summary>
public sealed record Job : Workload
{
    /// <summary>Pods that must succeed.</summary>
    public int Completions { get; init; } = 1;
}
