using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Builds;

/// <summary>What an image build is asked for; stored with the run and never changed.</summary>
public sealed record BuildSpec
{
    /// <summary>The recipe as it was declared when the run was ordered.</summary>
    public required RecipeSpec Recipe { get; init; }

    /// <summary>Whether a source that was built before is built anew, under a version of its own. Default false.</summary>
    public bool Again { get; init; }

    /// <summary>The recipe's parent, that one's parent, and so on, as they were declared then: what their images have, this one has. Default none.</summary>
    public ImmutableArray<RecipeSpec> Ancestors { get; init; } = [];

    /// <summary>Whether the instance stays on which the image fails its proof. Default false.</summary>
    public bool KeepInstance { get; init; }

    /// <summary>Digest of the source that the builder has accepted already, when the run was ordered; null where it was not asked.</summary>
    public string? Accepted { get; init; }

    /// <summary>The region that builds.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Region => Recipe.Regions[0];
}
