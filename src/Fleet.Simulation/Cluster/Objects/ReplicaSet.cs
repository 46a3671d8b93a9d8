namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A ReplicaSet.</summary>
public sealed record ReplicaSet : Workload;
