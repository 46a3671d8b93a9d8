using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Output;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet images tree</c>: which recipe starts from which, and which version from which.</summary>
internal static class ImagesTreeCommand
{
    public static Command Create(Scope scope)
    {
        var command = new ExampleCommand("tree", "Show recipes under the recipe that they start from, and of each the versions with the version that each was made from.", "fleet images tree", "fleet images tree -o json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var recipes = await backend.RecipesAsync(cancellationToken).ConfigureAwait(false);
            var images = (await backend.ImagesAsync(null, cancellationToken).ConfigureAwait(false)).ToLookup(image => (string)image["recipe"]!);
            var roots = recipes.Where(recipe => recipe.Parent is null || recipes.All(other => other.Name != recipe.Parent)).ToList();
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.Write(scope.Context.Output, format, new JsonObject { ["items"] = new JsonArray([.. roots.Select(recipe => Document(recipe, recipes, images))]) });
                return ExitCode.Done;
            }

            foreach (var recipe in roots)
            {
                Write(scope.Context.Output, recipe, recipes, images, "");
            }

            var gone = images.Where(group => recipes.All(recipe => recipe.Name != group.Key)).ToList();
            foreach (var group in gone)
            {
                await scope.Context.Output.WriteLineAsync($"{group.Key} (declared no more)").ConfigureAwait(false);
                Versions(scope.Context.Output, group, "");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Document(RecipeSpec recipe, IReadOnlyList<RecipeSpec> all, ILookup<string, JsonObject> images) => new()
    {
        ["recipe"] = recipe.Name,
        ["parent"] = recipe.Parent,
        ["images"] = new JsonArray([.. images[recipe.Name].Select(image => image.DeepClone())]),
        ["derived"] = new JsonArray([.. Derived(recipe, all).Select(other => Document(other, all, images))]),
    };

    private static IEnumerable<RecipeSpec> Derived(RecipeSpec recipe, IReadOnlyList<RecipeSpec> all) => all.Where(other => other.Parent == recipe.Name).OrderBy(other => other.Name, StringComparer.Ordinal);

    private static void Write(TextWriter output, RecipeSpec recipe, IReadOnlyList<RecipeSpec> all, ILookup<string, JsonObject> images, string indent)
    {
        output.WriteLine($"{indent}{recipe.Name}{(recipe.Parent is null ? $" (from {recipe.Base})" : "")}");
        Versions(output, images[recipe.Name], indent);
        foreach (var derived in Derived(recipe, all))
        {
            Write(output, derived, all, images, $"{indent}    ");
        }
    }

    private static void Versions(TextWriter output, IEnumerable<JsonObject> images, string indent)
    {
        foreach (var image in images)
        {
            var copies = ImagesListCommand.Copies(image);
            output.WriteLine($"{indent}  {image["version"]}  {image["state"],-10}  Kubernetes {image["kubernetesVersion"]}  from {image["parent"] ?? image["base"]}{(copies.Length == 0 ? "" : $"  {copies}")}");
        }
    }
}
