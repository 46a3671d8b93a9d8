using System.Text.Json.Nodes;
using Fleet.Cli.Commands;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Cli.Images;

/// <summary>Recipes under the recipe that they start from, with their versions and what uses each.</summary>
/// <param name="recipes">What is declared.</param>
/// <param name="images">The images' documents.</param>
/// <param name="verdicts">What a look at their accounts said of them; null where none was wanted.</param>
internal sealed class ImageTree(IReadOnlyList<RecipeSpec> recipes, IReadOnlyList<JsonObject> images, IReadOnlyList<JsonObject>? verdicts)
{
    private readonly ILookup<string, JsonObject> _images = images.ToLookup(image => (string)image["recipe"]!);
    private readonly Dictionary<string, JsonObject> _verdicts = (verdicts ?? []).ToDictionary(Key);

    private IEnumerable<RecipeSpec> Roots => recipes.Where(recipe => recipe.Parent is null || recipes.All(other => other.Name != recipe.Parent));

    /// <summary>The tree as JSON.</summary>
    public JsonObject Document() => new() { ["items"] = new JsonArray([.. Roots.Select(Document)]) };

    /// <summary>The tree as text.</summary>
    public void Write(TextWriter output)
    {
        foreach (var recipe in Roots)
        {
            Write(output, recipe, "");
        }

        foreach (var gone in _images.Where(group => recipes.All(recipe => recipe.Name != group.Key)))
        {
            output.WriteLine($"{gone.Key} (declared no more)");
            Versions(output, gone, "");
        }
    }

    private JsonObject Document(RecipeSpec recipe) => new()
    {
        ["recipe"] = recipe.Name,
        ["parent"] = recipe.Parent,
        ["images"] = new JsonArray([.. _images[recipe.Name].Select(Document)]),
        ["derived"] = new JsonArray([.. Derived(recipe).Select(Document)]),
    };

    private JsonObject Document(JsonObject image)
    {
        var document = image.DeepClone().AsObject();
        if (verdicts is not null)
        {
            document["uses"] = new JsonArray([.. Uses(image).Select(use => use.DeepClone())]);
        }

        return document;
    }

    private IEnumerable<RecipeSpec> Derived(RecipeSpec recipe) => recipes.Where(other => other.Parent == recipe.Name).OrderBy(other => other.Name, StringComparer.Ordinal);

    private void Write(TextWriter output, RecipeSpec recipe, string indent)
    {
        output.WriteLine($"{indent}{recipe.Name}{(recipe.Parent is null ? $" (from {recipe.Base})" : "")}");
        Versions(output, _images[recipe.Name], indent);
        foreach (var derived in Derived(recipe))
        {
            Write(output, derived, $"{indent}    ");
        }
    }

    private void Versions(TextWriter output, IEnumerable<JsonObject> versions, string indent)
    {
        foreach (var image in versions)
        {
            var copies = ImagesListCommand.Copies(image);
            output.WriteLine($"{indent}  {image["version"]}  {image["state"],-10}  Kubernetes {image["kubernetesVersion"]}  from {image["parent"] ?? image["base"]}{(copies.Length == 0 ? "" : $"  {copies}")}");
            foreach (var use in Uses(image))
            {
                output.WriteLine($"{indent}    {SweepText.Why(image, use)}");
            }
        }
    }

    /// <summary>What runs the image or names it, and where that could not be seen. That it stays for its age or rank is no use.</summary>
    private IEnumerable<JsonObject> Uses(JsonObject image) =>
        _verdicts.TryGetValue(Key(image), out var verdict) ? verdict["reasons"]!.AsArray().Select(reason => reason!.AsObject()).Where(reason => (string?)reason["code"] is "image-in-use" or "account-unread") : [];

    private static string Key(JsonObject image) => $"{image["recipe"]}/{image["version"]}";
}
