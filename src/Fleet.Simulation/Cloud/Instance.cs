using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cloud;

/// <summary>An EC2 instance: an immutable record, replaced as a whole on each change.</summary>
public sealed record Instance
{
    /// <summary>Id, <c>i-</c> and 17 hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>The Auto Scaling group that launched it; null after it has been detached, and where it was launched by itself.</summary>
    public string? Group { get; init; }

    /// <summary>Availability zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The image it was started from, resolved (an <c>ami-</c> id even where the template says <c>resolve:ssm:</c>).</summary>
    public required string ImageId { get; init; }

    /// <summary>Launch template; empty where it was launched without one.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Name of that launch template; empty for none.</summary>
    public required string TemplateName { get; init; }

    /// <summary>Version of the launch template, resolved to its number; 0 for none.</summary>
    public required long TemplateVersion { get; init; }

    /// <summary>Instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Private address.</summary>
    public required string PrivateIp { get; init; }

    /// <summary>Private DNS name, from which the node takes its name; made from the address, hence used again when the address is.</summary>
    public required string PrivateDnsName { get; init; }

    /// <summary>EC2 state: one of <see cref="InstanceState"/>.</summary>
    public string State { get; init; } = InstanceState.Pending;

    /// <summary>Auto Scaling lifecycle state: one of <see cref="LifecycleState"/>.</summary>
    public string Lifecycle { get; init; } = LifecycleState.Pending;

    /// <summary>Scale-in protection.</summary>
    public bool Protected { get; init; }

    /// <summary>Health as the group sees it: false after a failed check or SetInstanceHealth.</summary>
    public bool Healthy { get; init; } = true;

    /// <summary>When it was launched.</summary>
    public required DateTimeOffset Launched { get; init; }

    /// <summary>When EC2 said terminated; null while it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>The n-th launch in the world, from 1; draws of chance for this instance go by it.</summary>
    public required int Number { get; init; }

    /// <summary>Tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>World only: whether its user data lets its kubelet join the cluster. Default: true.</summary>
    public bool Joins { get; init; } = true;

    /// <summary>World only: whether its instance profile lets its SSM agent report. Default: true.</summary>
    public bool Managed { get; init; } = true;

    /// <summary>World only: labels that its kubelet registers the node with, from the group.</summary>
    public ImmutableSortedDictionary<string, string> NodeLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>World only: taints that its kubelet registers the node with and that stay, from the group.</summary>
    public ImmutableArray<Taint> NodeTaints { get; init; } = [];

    /// <summary>Whether it counts toward its group's desired capacity.</summary>
    public bool Counts => Lifecycle is LifecycleState.Pending or LifecycleState.InService;
}
