using System.Collections.Immutable;

namespace Fleet.Core.Images.Builds;

/// <summary>One instance to be launched, in no group; its metadata service asks for tokens (IMDSv2).</summary>
public sealed record InstanceOrder
{
    /// <summary>Image.</summary>
    public required string ImageId { get; init; }

    /// <summary>Instance type.</summary>
    public required string InstanceType { get; init; }

    /// <summary>Name of its instance profile.</summary>
    public required string InstanceProfile { get; init; }

    /// <summary>Subnet; null for the default VPC's.</summary>
    public string? Subnet { get; init; }

    /// <summary>Security groups; none for the VPC's default group.</summary>
    public ImmutableArray<string> SecurityGroups { get; init; } = [];

    /// <summary>Tags of instance and volumes.</summary>
    public required ImmutableSortedDictionary<string, string> Tags { get; init; }

    /// <summary>Idempotency token, at most 64 characters: the same order with the same token is the same instance.</summary>
    public required string Token { get; init; }
}
