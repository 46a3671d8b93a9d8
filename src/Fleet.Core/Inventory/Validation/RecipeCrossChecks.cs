using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Inventory.Validation;

/// <summary>What is wrong with recipes against each other: parents that are missing, form a circle or differ in what a derived image cannot change.</summary>
internal static class RecipeCrossChecks
{
    public static void Run(IReadOnlyList<DeclaredResource> declared, IReadOnlyList<RecipeSpec> stored)
    {
        var recipes = stored.Concat(declared.Select(resource => resource.Recipe).OfType<RecipeSpec>()).GroupBy(recipe => recipe.Name).ToDictionary(group => group.Key, group => group.Last());
        Unknown(declared, [.. recipes.Keys]);
        foreach (var resource in declared.Where(resource => resource.Recipe is { Name.Length: > 0 }))
        {
            var recipe = resource.Recipe!;
            if (recipe.Parent is null || recipe.Parent == recipe.Name)
            {
                continue;
            }

            if (!recipes.TryGetValue(recipe.Parent, out var parent))
            {
                var others = recipes.Keys.Where(name => name != recipe.Name).Order(StringComparer.Ordinal).ToList();
                resource.Spec.Fail("parent", "unknown-recipe", recipe.Parent, others.Count == 0 ? "a recipe that is declared; there is no other yet" : string.Join(", ", others), $"spec.parent: there is no recipe '{recipe.Parent}'{NearestNames.Hint(recipe.Parent, others)}");
            }
            else if (Circle(recipe, recipes) is { } circle)
            {
                resource.Spec.Fail("parent", "circle", recipe.Parent, "a recipe that does not start from this one", $"spec.parent: {circle} is a circle");
            }
            else
            {
                Fits(resource, recipe, parent);
            }
        }
    }

    private static void Unknown(IReadOnlyList<DeclaredResource> declared, List<string> known)
    {
        foreach (var resource in declared)
        {
            var (field, path, name) = resource.Schedule?.Recipe is { } built ? ("recipe", "spec.recipe", built) : ("image", "spec.image.recipe", resource.Pool?.Image?.Recipe);
            if (name is not null && !known.Contains(name))
            {
                var allowed = known.Count == 0 ? "a recipe that is declared; there is none yet" : string.Join(", ", known.Order(StringComparer.Ordinal));
                resource.Spec.Fail(field, "unknown-recipe", name, allowed, $"{path}: there is no recipe '{name}'{NearestNames.Hint(name, known)}");
            }
        }
    }

    private static void Fits(DeclaredResource resource, RecipeSpec recipe, RecipeSpec parent)
    {
        Same("account", recipe.Account, parent.Account);
        Same("architecture", recipe.Architecture, parent.Architecture);
        if (recipe.Regions is [var builds, ..] && !parent.Regions.Contains(builds))
        {
            resource.Spec.Fail("regions", "conflict", builds, string.Join(", ", parent.Regions), $"spec.regions: {builds} builds this image, and recipe {parent.Name} has none there; it has {string.Join(", ", parent.Regions)}");
        }

        void Same(string field, string mine, string others)
        {
            if (mine != others)
            {
                resource.Spec.Fail(field, "conflict", mine, others, $"spec.{field} is {mine}, and recipe {parent.Name}, from whose image this one starts, has {others}");
            }
        }
    }

    private static string? Circle(RecipeSpec recipe, Dictionary<string, RecipeSpec> recipes)
    {
        var way = new List<string> { recipe.Name };
        for (var next = recipe.Parent; next is not null; next = recipes.GetValueOrDefault(next)?.Parent)
        {
            way.Add(next);
            if (next == recipe.Name)
            {
                return string.Join(" → ", way);
            }

            if (way.Count(name => name == next) > 1)
            {
                // A circle further up, which is told at the recipes in it.
                return null;
            }
        }

        return null;
    }
}
