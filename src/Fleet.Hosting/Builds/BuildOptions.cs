using Fleet.Aws;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Settings;

namespace Fleet.Hosting.Builds;

/// <summary>How images are built.</summary>
public sealed record BuildOptions
{
    /// <summary>Policy time.</summary>
    public required TimeProvider Policy { get; init; }

    /// <summary>The wall clock.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Seed of ids. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Templates, base owners, packer.</summary>
    public ImageSettings Images { get; init; } = new();

    /// <summary>What package repositories may be looked at, which recipes name; null: any. Default null.</summary>
    public OutgoingRules? Outgoing { get; init; }

    /// <summary>How accounts are reached, as those of clusters are: a recipe is asked for as a cluster of its name and account in a region. Default: the region, the rest by the SDK's own chain.</summary>
    public Func<ClusterSpec, AwsOptions> Account { get; init; } = cluster => new AwsOptions { Region = cluster.Region };

    /// <summary>The account that builds a recipe, in one of its regions.</summary>
    public AwsOptions AccountOf(RecipeSpec recipe, string region)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return Account(new ClusterSpec { Name = recipe.Name, Account = recipe.Account, Region = region }) with { Region = region };
    }
}
