using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Keys;
using Fleet.Core.Images.Sweep;

namespace Fleet.Core.Promotions;

/// <summary>What a round of a promotion sees. What its stage does not need is not looked at.</summary>
public sealed record PromotionObservation
{
    /// <summary>Fleet's records of the recipe's versions.</summary>
    public required ImmutableArray<ImageRecord> Records { get; init; }

    /// <summary>What was found of the keys of all regions; nothing where they were not looked at.</summary>
    public KeyReport Keys { get; init; } = KeyReport.None;

    /// <summary>Instances that run the version now, each with its region.</summary>
    public ImmutableArray<string> UsedBy { get; init; } = [];

    /// <summary>Where nobody could look for instances, and why.</summary>
    public ImmutableArray<string> Unread { get; init; } = [];

    /// <summary>The account's images of the version's name, by region.</summary>
    public ImmutableSortedDictionary<string, SeenImage> Found { get; init; } = ImmutableSortedDictionary<string, SeenImage>.Empty;

    /// <summary>Whether this process has shared and tagged them all.</summary>
    public bool Shared { get; init; }

    /// <summary>Whether this process has written the parameters of all regions.</summary>
    public bool Named { get; init; }

    /// <summary>Why the last actions failed; empty where they did not.</summary>
    public ImmutableArray<string> Failures { get; init; } = [];
}
