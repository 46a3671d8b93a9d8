namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A volume attached, or being attached or detached, to a node.</summary>
public sealed record VolumeAttachment : WorldObject
{
    /// <summary>CSI driver.</summary>
    public string Attacher { get; init; } = "ebs.csi.aws.com";

    /// <summary>Node.</summary>
    public required string NodeName { get; init; }

    /// <summary>PersistentVolume.</summary>
    public required string VolumeName { get; init; }

    /// <summary>status.attached.</summary>
    public bool Attached { get; init; }
}
