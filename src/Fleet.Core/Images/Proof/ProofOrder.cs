using System.Collections.Immutable;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Proof;

/// <summary>What is to be proved.</summary>
public sealed record ProofOrder
{
    /// <summary>The run that proves.</summary>
    public required string Run { get; init; }

    /// <summary>The one instance from the new image; it belongs to no pool.</summary>
    public required string Instance { get; init; }

    /// <summary>What it must be like.</summary>
    public required ProofExpectation Expectation { get; init; }

    /// <summary>The recipe's own checks.</summary>
    public ImmutableArray<RecipeCheck> Checks { get; init; } = [];

    /// <summary>A scan for known weaknesses: it fails the image by its exit code. Null for none.</summary>
    public RecipeCheck? Scan { get; init; }

    /// <summary>What writes the image's bill of materials to its standard output. Null for none.</summary>
    public RecipeCheck? Sbom { get; init; }

    /// <summary>How long the instance may take until its agent reports. Default: 10 min.</summary>
    public TimeSpan Boot { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long is tried to deliver a script. Default: 5 min.</summary>
    public TimeSpan Delivery { get; init; } = TimeSpan.FromMinutes(5);
}
