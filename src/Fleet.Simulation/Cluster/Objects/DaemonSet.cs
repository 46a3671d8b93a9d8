namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A DaemonSet: one pod on each node that it tolerates and selects.</summary>
public sealed record DaemonSet : Workload;
