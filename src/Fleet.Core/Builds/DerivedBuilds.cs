using Fleet.Core.Images;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Builds;

/// <summary>Derived images follow their parents: which recipes are to be built since there is a newer image of the recipe that they start from.</summary>
public static class DerivedBuilds
{
    /// <summary>What is due. A recipe follows once it has been built at all; a version of its parent is followed once, whatever came of it.</summary>
    /// <param name="recipes">The recipes as they are declared.</param>
    /// <param name="records">Fleet's records of images, of all recipes.</param>
    /// <returns>Each recipe with the version that it would start from now: its parent's newest stable one, in the region that builds.</returns>
    public static IEnumerable<(RecipeSpec Recipe, ImageRecord Parent)> Due(IReadOnlyCollection<RecipeSpec> recipes, IReadOnlyCollection<ImageRecord> records)
    {
        ArgumentNullException.ThrowIfNull(recipes);
        ArgumentNullException.ThrowIfNull(records);
        return
            from recipe in recipes
            where recipe.Parent is not null
            let own = records.Where(record => record.Recipe == recipe.Name).ToList()
            let parent = records.Where(record => record.Recipe == recipe.Parent && record.State == ImageState.Stable).MaxBy(record => record.Promoted)
            where own.Count > 0 && parent?.In(recipe.Regions[0]) is not null && own.All(record => record.Parent?.Key != parent.Key)
            select (recipe, parent);
    }

    /// <summary>The key under which the build is ordered, so that replicas and restarts order it once.</summary>
    public static string Key(RecipeSpec recipe, ImageRecord parent)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(parent);
        return $"derived.{recipe.Name}.{parent.Version}";
    }
}
