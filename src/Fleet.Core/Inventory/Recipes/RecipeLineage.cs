using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Recipes;

/// <summary>Which recipes a recipe is derived from.</summary>
public static class RecipeLineage
{
    /// <summary>The recipe's parent, that one's parent, and so on; what is not declared, or comes again, ends it.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="declared">All that are declared.</param>
    public static ImmutableArray<RecipeSpec> Of(RecipeSpec recipe, IReadOnlyCollection<RecipeSpec> declared)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var ancestors = ImmutableArray.CreateBuilder<RecipeSpec>();
        for (var at = recipe; declared.FirstOrDefault(one => one.Name == at.Parent) is { } parent && parent.Name != recipe.Name && !ancestors.Contains(parent); at = parent)
        {
            ancestors.Add(parent);
        }

        return ancestors.ToImmutable();
    }
}
