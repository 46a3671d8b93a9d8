namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A Deployment; rolls by making a new ReplicaSet when the template changes.</summary>
public sealed record Deployment : Workload
{
    /// <summary>Surge of a rollout, number or percentage.</summary>
    public string MaxSurge { get; init; } = "25%";

    /// <summary>Unavailable during a rollout, number or percentage.</summary>
    public string MaxUnavailable { get; init; } = "25%";
}
