using System.Collections.Immutable;

namespace Fleet.Core.Images.Sweep;

/// <summary>An image as Amazon EC2 shows it.</summary>
/// <param name="Account">Account that owns it.</param>
/// <param name="Region">Region.</param>
/// <param name="Id">Id.</param>
/// <param name="Name">Name.</param>
/// <param name="Recipe">Its tag <c>fleet:recipe</c>; null without.</param>
/// <param name="Version">Its tag <c>fleet:version</c>; null without.</param>
/// <param name="Snapshots">Snapshots of its block devices.</param>
public sealed record SeenImage(string Account, string Region, string Id, string Name, string? Recipe, string? Version, ImmutableArray<string> Snapshots)
{
    /// <summary><c>available</c>, <c>pending</c>, <c>failed</c>, <c>disabled</c> … Default <c>available</c>.</summary>
    public string State { get; init; } = "available";

    /// <summary>From when on it is deprecated; null where it is not.</summary>
    public DateTimeOffset? DeprecatedAt { get; init; }

    /// <summary>Whether nothing launches from it until it is enabled again.</summary>
    public bool Disabled => State == "disabled";
}
