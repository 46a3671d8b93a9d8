using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Promotions;

/// <summary>Looks, with reads only, at the keys of a promotion: those that the recipe names, and where it shares its images those that the version's are encrypted with.</summary>
/// <param name="ports">What is asked.</param>
public sealed class PromotionKeys(PromotionPorts ports)
{
    /// <summary>Looks.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="record">The version; null where there is none.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <exception cref="Rotations.CloudRefusedException">AWS refused, or did not answer.</exception>
    public async Task<KeyReport> CheckAsync(RecipeSpec recipe, ImageRecord? record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var named = await new KeyChecks(ports.Keys).CheckAsync(recipe, cancellationToken).ConfigureAwait(false);
        if (recipe.ShareWith.IsEmpty || record is null)
        {
            return named;
        }

        var images = ImmutableArray.CreateBuilder<KeyFinding>();
        foreach (var copy in record.Copies)
        {
            var place = PromotionMemory.Place(recipe, copy.Region);
            foreach (var key in await ports.Catalogs.At(place).KeysOfAsync(copy.Snapshots, cancellationToken).ConfigureAwait(false))
            {
                images.Add(KeyRules.OfImage(recipe, copy.Region, copy.ImageId, key, await ports.Keys.KeysAt(place).LookAsync(key, cancellationToken).ConfigureAwait(false)));
            }
        }

        // What the images are encrypted with is known now.
        return named with { Images = images.ToImmutable(), Remarks = [] };
    }
}
