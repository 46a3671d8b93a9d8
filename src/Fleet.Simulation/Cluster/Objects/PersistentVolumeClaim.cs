namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A claim.</summary>
public sealed record PersistentVolumeClaim : WorldObject
{
    /// <summary>The bound volume; null while unbound (WaitForFirstConsumer: bound in the zone of the first pod's node).</summary>
    public string? VolumeName { get; init; }
}
