using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cloud;

/// <summary>An Auto Scaling group's settings: an immutable record, replaced as a whole on each change. Its instances are in <see cref="CloudState.Members"/>.</summary>
public sealed record AutoScalingGroup
{
    /// <summary>Name, unique in the account and region.</summary>
    public required string Name { get; init; }

    /// <summary>Availability zones.</summary>
    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>Least desired capacity.</summary>
    public required int Min { get; init; }

    /// <summary>Greatest desired capacity; a rebalance may exceed it by 10 % of instances.</summary>
    public required int Max { get; init; }

    /// <summary>Desired capacity.</summary>
    public required int Desired { get; init; }

    /// <summary>Launch template; null in a group without one (launch configuration or mixed policy).</summary>
    public string? TemplateId { get; init; }

    /// <summary>Version as set: a number, <c>$Latest</c> or <c>$Default</c>.</summary>
    public string TemplateVersion { get; init; } = "$Default";

    /// <summary>NewInstancesProtectedFromScaleIn.</summary>
    public bool ProtectNew { get; init; }

    /// <summary>Termination policies in order.</summary>
    public ImmutableArray<string> TerminationPolicies { get; init; } = ["Default"];

    /// <summary>Suspended processes with the reason that AWS shows.</summary>
    public ImmutableSortedDictionary<string, string> Suspended { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Tags.</summary>
    public ImmutableSortedDictionary<string, GroupTag> Tags { get; init; } = ImmutableSortedDictionary<string, GroupTag>.Empty;

    /// <summary>EC2 or ELB.</summary>
    public string HealthCheckType { get; init; } = "EC2";

    /// <summary>Health check grace, in seconds.</summary>
    public int HealthCheckGrace { get; init; } = 300;

    /// <summary>Cooldown, in seconds.</summary>
    public int DefaultCooldown { get; init; } = 300;

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Target groups that it registers instances with.</summary>
    public ImmutableArray<string> TargetGroups { get; init; } = [];

    /// <summary>Whether it has a mixed-instances policy instead of a launch template.</summary>
    public bool MixedInstances { get; init; }

    /// <summary>Images of the overrides of its mixed-instances policy (shown, not acted on).</summary>
    public ImmutableArray<string> OverrideImages { get; init; } = [];

    /// <summary>Name of its launch configuration (shown, not acted on); null where it has none.</summary>
    public string? LaunchConfiguration { get; init; }

    /// <summary>Whether it has a warm pool.</summary>
    public bool WarmPool { get; init; }

    /// <summary>Ids of its warm pool's instances (shown, not acted on).</summary>
    public ImmutableArray<string> WarmInstances { get; init; } = [];

    /// <summary>Names of its lifecycle hooks (shown, not acted on).</summary>
    public ImmutableArray<string> LifecycleHooks { get; init; } = [];

    /// <summary>Whether an instance refresh is in progress (shown, not acted on).</summary>
    public bool InstanceRefresh { get; init; }

    /// <summary>Names of its scheduled actions (shown, not acted on).</summary>
    public ImmutableArray<string> ScheduledActions { get; init; } = [];

    /// <summary>CapacityRebalance.</summary>
    public bool CapacityRebalance { get; init; }

    /// <summary>MaxInstanceLifetime in seconds; null when not set.</summary>
    public int? MaxInstanceLifetime { get; init; }

    /// <summary>DesiredCapacityType; null is <c>units</c>.</summary>
    public string? DesiredCapacityType { get; init; }

    /// <summary>World only: labels of its nodes.</summary>
    public ImmutableSortedDictionary<string, string> NodeLabels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>World only: lasting taints of its nodes.</summary>
    public ImmutableArray<Taint> NodeTaints { get; init; } = [];

    /// <summary>Whether a process is suspended.</summary>
    public bool IsSuspended(string process) => Suspended.ContainsKey(process);
}
