using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Worlds;

/// <summary>An Auto Scaling group of a world; at the start its instances are in service and their nodes Ready.</summary>
public sealed record GroupSpec
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Name of its launch template; null for a group without one.</summary>
    public string? Template { get; init; }

    /// <summary>Version as set on the group: a number, <c>$Latest</c> or <c>$Default</c>. Default: 1.</summary>
    public string TemplateVersion { get; init; } = "1";

    /// <summary>Zones. Default: all of the world.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>MinSize. Default: 0.</summary>
    public int Min { get; init; }

    /// <summary>MaxSize. Default: the desired capacity.</summary>
    public int? Max { get; init; }

    /// <summary>Desired capacity.</summary>
    public required int Desired { get; init; }

    /// <summary>Tags that new instances get, too.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Processes that are suspended at the start.</summary>
    public ImmutableArray<string> Suspended { get; init; } = [];

    /// <summary>Whether instances are protected from scale-in.</summary>
    public bool Protected { get; init; }

    /// <summary>Termination policies. Default: Default.</summary>
    public ImmutableArray<string> TerminationPolicies { get; init; } = ["Default"];

    /// <summary>EC2 or ELB. Default: EC2.</summary>
    public string HealthCheckType { get; init; } = "EC2";

    /// <summary>Whether it shows a mixed-instances policy.</summary>
    public bool MixedInstances { get; init; }

    /// <summary>Whether it shows a warm pool.</summary>
    public bool WarmPool { get; init; }

    /// <summary>Lifecycle hooks that it shows.</summary>
    public ImmutableArray<string> LifecycleHooks { get; init; } = [];

    /// <summary>Labels of its nodes.</summary>
    public ImmutableSortedDictionary<string, string> NodeLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Lasting taints of its nodes.</summary>
    public ImmutableArray<Taint> NodeTaints { get; init; } = [];
}
