using System.Collections.Concurrent;
using System.Collections.Immutable;
using Fleet.Core.Images.Catalog;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Rotations;

namespace Fleet.Core.Promotions;

/// <summary>What a promotion's process knows and need not survive it: each of it may be done again.</summary>
internal sealed class PromotionMemory
{
    private readonly ConcurrentDictionary<string, IImageCatalog> _checked = new(StringComparer.Ordinal);

    public bool Shared { get; set; }

    public bool Named { get; set; }

    public ImmutableArray<string> Failures { get; set; } = [];

    /// <summary>A region of the recipe's account, as the recipe's role reaches it.</summary>
    public static ImagePlace Place(RecipeSpec recipe, string region) => new(recipe.Account, region, recipe.RoleArn, recipe.ExternalId);

    /// <summary>The images of a region. In another account they would look as if they were not there.</summary>
    /// <exception cref="CloudRefusedException">The credentials are another account's.</exception>
    public async Task<IImageCatalog> AtAsync(IImageCatalogs catalogs, RecipeSpec recipe, string region, CancellationToken cancellationToken)
    {
        if (_checked.TryGetValue(region, out var known))
        {
            return known;
        }

        var catalog = catalogs.At(Place(recipe, region));
        var actual = await catalog.AccountAsync(cancellationToken).ConfigureAwait(false);
        return _checked[region] = actual == recipe.Account ? catalog
            : throw new CloudRefusedException("unauthorized", "sts:GetCallerIdentity", $"recipe {recipe.Name} has the credentials of account {actual}, and its images are {recipe.Account}'s");
    }
}
