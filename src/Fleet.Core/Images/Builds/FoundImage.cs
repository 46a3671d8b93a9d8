using System.Collections.Immutable;

namespace Fleet.Core.Images.Builds;

/// <summary>A machine image as the account and region that build see it.</summary>
/// <param name="Id">Id, <c>ami-…</c>.</param>
/// <param name="Name">Name.</param>
/// <param name="Owner">Account id of its owner.</param>
/// <param name="Architecture"><c>x86_64</c>, <c>arm64</c> …</param>
/// <param name="State"><c>available</c>, <c>pending</c>, <c>failed</c> …</param>
/// <param name="Tags">Its tags, as far as the caller's account gave them.</param>
/// <param name="Snapshots">The snapshots that it maps.</param>
public sealed record FoundImage(string Id, string Name, string Owner, string Architecture, string State, ImmutableDictionary<string, string> Tags, ImmutableArray<string> Snapshots)
{
    /// <summary>Alias of its owner, e.g. <c>amazon</c>; null where it has none.</summary>
    public string? OwnerAlias { get; init; }

    /// <summary>Name of its root device, e.g. <c>/dev/xvda</c>; null where it was not told.</summary>
    public string? RootDevice { get; init; }

    /// <summary>Whether instances can be launched from it.</summary>
    public bool IsAvailable => State == "available";
}
