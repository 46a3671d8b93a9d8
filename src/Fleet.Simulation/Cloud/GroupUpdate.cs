using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>Arguments of UpdateAutoScalingGroup and CreateAutoScalingGroup; what is null is left as it is.</summary>
public sealed record GroupUpdate
{
    /// <summary>Group.</summary>
    public required string Name { get; init; }

    /// <summary>MinSize.</summary>
    public int? Min { get; init; }

    /// <summary>MaxSize.</summary>
    public int? Max { get; init; }

    /// <summary>DesiredCapacity.</summary>
    public int? Desired { get; init; }

    /// <summary>Launch template by id.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Launch template by name.</summary>
    public string? TemplateName { get; init; }

    /// <summary>Version: a number, <c>$Latest</c> or <c>$Default</c>.</summary>
    public string? TemplateVersion { get; init; }

    /// <summary>NewInstancesProtectedFromScaleIn.</summary>
    public bool? ProtectNew { get; init; }

    /// <summary>Zones.</summary>
    public ImmutableArray<string>? Zones { get; init; }

    /// <summary>VPCZoneIdentifier: subnets, which name the zones.</summary>
    public ImmutableArray<string>? Subnets { get; init; }

    /// <summary>Termination policies.</summary>
    public ImmutableArray<string>? TerminationPolicies { get; init; }

    /// <summary>EC2 or ELB.</summary>
    public string? HealthCheckType { get; init; }

    /// <summary>HealthCheckGracePeriod in seconds.</summary>
    public int? HealthCheckGrace { get; init; }

    /// <summary>DefaultCooldown in seconds.</summary>
    public int? DefaultCooldown { get; init; }

    /// <summary>MaxInstanceLifetime in seconds; 0 removes it.</summary>
    public int? MaxInstanceLifetime { get; init; }

    /// <summary>CapacityRebalance.</summary>
    public bool? CapacityRebalance { get; init; }
}
