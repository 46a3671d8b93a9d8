using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Sweep;

/// <summary>All that decides which images go.</summary>
public sealed record SweepObservation
{
    /// <summary>Fleet's own records.</summary>
    public required ImmutableArray<ImageRecord> Records { get; init; }

    /// <summary>The images that the accounts own in the recipes' regions.</summary>
    public required ImmutableArray<SeenImage> Seen { get; init; }

    /// <summary>What needs images.</summary>
    public required ImmutableArray<ImageUse> Uses { get; init; }

    /// <summary>The declared recipes.</summary>
    public required ImmutableArray<RecipeSpec> Recipes { get; init; }

    /// <summary>Where could not be looked.</summary>
    public ImmutableArray<UnreadPlace> Unread { get; init; } = [];
}
