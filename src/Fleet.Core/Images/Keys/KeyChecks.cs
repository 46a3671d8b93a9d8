using Fleet.Core.Images.Catalog;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Keys;

/// <summary>Looks, with reads only, whether the images of a recipe can be encrypted with the keys that it names, and machines be launched from them.</summary>
/// <param name="regions">Where keys are looked at.</param>
public sealed class KeyChecks(IKmsRegions regions)
{
    /// <summary>Looks at the key of each region, all at the same time.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was found, in the order of the recipe's regions. A recipe without keys has none.</returns>
    public async Task<KeyReport> CheckAsync(RecipeSpec recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var named = recipe.Regions.Where(recipe.KmsKeys.ContainsKey).ToList();
        if (named.Count > 0 && await At(recipe, named[0]).AccountAsync(cancellationToken).ConfigureAwait(false) is var account && account != recipe.Account)
        {
            // Another account's keys would look as if the recipe's were not there.
            return new([new(named[0], recipe.KmsKeys[named[0]], null, [KeyRules.Stranger(recipe, named[0], account)], [])]);
        }

        return new([.. await Task.WhenAll(named.Select(region => CheckAsync(recipe, region, recipe.KmsKeys[region], cancellationToken))).ConfigureAwait(false)]) { Remarks = KeyRules.Unnamed(recipe) is { } unnamed ? [unnamed] : [] };
    }

    private async Task<KeyFinding> CheckAsync(RecipeSpec recipe, string region, string key, CancellationToken cancellationToken)
    {
        if (KeyRules.Elsewhere(region, key) is { } elsewhere)
        {
            return new(region, key, null, [elsewhere], []);
        }

        return KeyRules.Judge(recipe, region, key, await At(recipe, region).LookAsync(key, cancellationToken).ConfigureAwait(false));
    }

    private IKmsKeys At(RecipeSpec recipe, string region) => regions.KeysAt(new ImagePlace(recipe.Account, region, recipe.RoleArn, recipe.ExternalId));
}
