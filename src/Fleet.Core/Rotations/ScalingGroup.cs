using System.Collections.Immutable;

namespace Fleet.Core.Rotations;

/// <summary>An Auto Scaling group as AWS tells it.</summary>
public sealed record ScalingGroup
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>MinSize.</summary>
    public required int Min { get; init; }

    /// <summary>MaxSize.</summary>
    public required int Max { get; init; }

    /// <summary>DesiredCapacity.</summary>
    public required int Desired { get; init; }

    /// <summary>Zones.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>Id of the launch template; null when it has none of its own.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Version as written: a number, <c>$Latest</c>, <c>$Default</c>, or null for the default.</summary>
    public string? TemplateVersion { get; init; }

    /// <summary>Instances.</summary>
    public ImmutableArray<GroupInstance> Instances { get; init; } = [];

    /// <summary>Names of suspended processes.</summary>
    public ImmutableSortedSet<string> Suspended { get; init; } = [];

    /// <summary>NewInstancesProtectedFromScaleIn.</summary>
    public bool NewInstancesProtected { get; init; }

    /// <summary>Tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Reasons for which this version of Fleet leaves the group alone, as features: <c>mixed-instances-policy</c>, <c>warm-pool</c>, <c>lifecycle-hooks</c>, <c>elb-health-check</c>, <c>instance-refresh</c>, <c>max-instance-lifetime</c>, <c>capacity-rebalance</c>, <c>desired-capacity-type</c>, <c>launch-configuration</c>. Filled only by <see cref="IScalingGroups.InspectAsync"/>.</summary>
    public ImmutableSortedSet<string> Features { get; init; } = [];
}
