using System.Collections.Immutable;

namespace Fleet.Core.Images.Keys;

/// <summary>What is known of a key that was looked at.</summary>
public sealed record KeyLook
{
    /// <summary>The key; null where there is none of that name in the account and region, or it may not be read.</summary>
    public KmsKey? Key { get; init; }

    /// <summary>Its grants; null where they were not read: the key is AWS's, or they may not be.</summary>
    public ImmutableArray<KeyGrant>? Grants { get; init; }

    /// <summary>Its policy as JSON; null where it was not read: the key is AWS's or another account's, or it may not be.</summary>
    public string? Policy { get; init; }

    /// <summary>What may not be read.</summary>
    public ImmutableArray<UnreadKey> Unread { get; init; } = [];
}
