namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A node's taint; effects NoSchedule, PreferNoSchedule, NoExecute.</summary>
public sealed record Taint(string Key, string? Value, string Effect);
