using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A node.</summary>
public sealed record Node : WorldObject
{
    /// <summary>Kubelet version where nothing else is said.</summary>
    public const string DefaultKubeletVersion = "v1.33.2";

    /// <summary><c>aws:///ZONE/INSTANCE-ID</c>; unchangeable once set.</summary>
    public required string ProviderId { get; init; }

    /// <summary>spec.unschedulable: cordoned.</summary>
    public bool Unschedulable { get; init; }

    /// <summary>Taints, an atomic list.</summary>
    public ImmutableArray<Taint> Taints { get; init; } = [];

    /// <summary>What pods may use.</summary>
    public Resources Allocatable { get; init; }

    /// <summary>Condition Ready: true, false, or null for Unknown (the kubelet is silent).</summary>
    public bool? Ready { get; init; }

    /// <summary>When condition Ready last changed.</summary>
    public DateTimeOffset? ReadyChanged { get; init; }

    /// <summary>InternalIP.</summary>
    public string InternalIp { get; init; } = "";

    /// <summary>Kubelet version, e.g. v1.33.2.</summary>
    public string KubeletVersion { get; init; } = DefaultKubeletVersion;

    /// <summary>Id of the machine image, shown in status.nodeInfo.osImage.</summary>
    public string ImageId { get; init; } = "";
}
