using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>A node as far as Fleet looks at it.</summary>
public sealed record Node
{
    /// <summary>Name; made from private DNS it is reused, so the uid goes with it.</summary>
    public required string Name { get; init; }

    /// <summary>Uid.</summary>
    public required string Uid { get; init; }

    /// <summary>resourceVersion of this view of it.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>spec.providerID, <c>aws:///ZONE/INSTANCE-ID</c>; null before the cloud provider has set it.</summary>
    public string? ProviderId { get; init; }

    /// <summary>The instance's id out of the provider id; null when there is none.</summary>
    public string? InstanceId { get; init; }

    /// <summary>Label topology.kubernetes.io/zone, else the provider id's zone.</summary>
    public string Zone { get; init; } = "";

    /// <summary>Whether it is cordoned.</summary>
    public bool Unschedulable { get; init; }

    /// <summary>Condition Ready; false also for Unknown.</summary>
    public bool Ready { get; init; }

    /// <summary>Since when condition Ready has its present value.</summary>
    public DateTimeOffset? ReadySince { get; init; }

    /// <summary>Creation time of the Node object.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>Labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Taints.</summary>
    public ImmutableArray<NodeTaint> Taints { get; init; } = [];

    /// <summary>What pods may use; empty before the kubelet has registered it.</summary>
    public Resources Allocatable { get; init; } = Resources.None;

    /// <summary>CSI drivers that are registered on it (CSINode).</summary>
    public ImmutableSortedSet<string> CsiDrivers { get; init; } = [];

    /// <summary>Ready and open for new pods.</summary>
    public bool Schedulable => Ready && !Unschedulable;
}
