using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>A snapshot of a volume.</summary>
public sealed record Snapshot
{
    /// <summary>Id, <c>snap-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Account that owns it.</summary>
    public required string Owner { get; init; }

    /// <summary>Description.</summary>
    public string Description { get; init; } = "";

    /// <summary>Size of its volume in GiB. Default 20.</summary>
    public int SizeGiB { get; init; } = 20;

    /// <summary>ARN of the key that it is encrypted with; null for none that is told.</summary>
    public string? KmsKey { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
