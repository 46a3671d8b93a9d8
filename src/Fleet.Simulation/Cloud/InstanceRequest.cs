using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>What RunInstances is asked for.</summary>
public sealed record InstanceRequest
{
    /// <summary>Image.</summary>
    public required string ImageId { get; init; }

    /// <summary>Instance type; null for EC2's default, m1.small.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Subnet; null for the first zone's.</summary>
    public string? Subnet { get; init; }

    /// <summary>Name or ARN of the instance profile; null for none. World only: with one, its role lets the SSM agent report.</summary>
    public string? Profile { get; init; }

    /// <summary>Tags of the instances.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Least number that will do.</summary>
    public int MinCount { get; init; } = 1;

    /// <summary>Number wanted.</summary>
    public int MaxCount { get; init; } = 1;

    /// <summary>Idempotency token; null for none.</summary>
    public string? ClientToken { get; init; }
}
