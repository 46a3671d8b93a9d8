using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>A key of AWS KMS.</summary>
public sealed record EncryptionKey
{
    /// <summary>Id, e.g. <c>1234abcd-12ab-34cd-56ef-1234567890ab</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its account; null for the region's own.</summary>
    public string? Account { get; init; }

    /// <summary>Names of it, each <c>alias/NAME</c>.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Enabled, Disabled, PendingDeletion …</summary>
    public string State { get; init; } = "Enabled";

    /// <summary>CUSTOMER or AWS.</summary>
    public string Manager { get; init; } = "CUSTOMER";

    /// <summary>What it is for.</summary>
    public string Usage { get; init; } = "ENCRYPT_DECRYPT";

    /// <summary>Its kind.</summary>
    public string Spec { get; init; } = "SYMMETRIC_DEFAULT";

    /// <summary>Its policy as JSON; null for the one that keys have by default, which leaves everything to the account's own policies.</summary>
    public string? Policy { get; init; }

    /// <summary>Its grants, oldest first.</summary>
    public ImmutableArray<EncryptionGrant> Grants { get; init; } = [];
}
