using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>What the proof of a built image needs, from its recipe and those that it is derived from.</summary>
internal static class ProofOrders
{
    /// <summary>The instance to launch.</summary>
    public static InstanceOrder Instance(Run run, BuildSpec spec, BuildSource source, string image)
    {
        var (recipe, proof) = (spec.Recipe, spec.Recipe.Proof!);
        return new()
        {
            ImageId = image,
            InstanceType = proof.InstanceType ?? Text(recipe, "instance_type") ?? (recipe.Architecture == "arm64" ? "m6g.large" : "m6i.large"),
            InstanceProfile = proof.InstanceProfile,
            Subnet = proof.Subnet ?? Text(recipe, "subnet_id"),
            SecurityGroups = proof.SecurityGroups.IsEmpty ? Texts(recipe, "security_group_ids") : proof.SecurityGroups,
            Tags = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, recipe.Tags)
                .SetItem("Name", $"{source.ImageName} proof")
                .SetItem(ImageTags.Recipe, recipe.Name)
                .SetItem(ImageTags.Version, source.Version)
                .SetItem(ImageTags.Run, run.Id),
            Token = $"{run.Id}-proof",
        };
    }

    /// <summary>What is proved on it.</summary>
    public static ProofOrder Proof(Run run, BuildSpec spec, BuildSource source, FoundImage image, string instance) => new()
    {
        Run = run.Id,
        Instance = instance,
        Expectation = ProofExpectations.Of([spec.Recipe, .. spec.Ancestors], source.KubernetesVersion, image.RootDevice),
        Checks = spec.Recipe.Checks,
        Scan = spec.Recipe.Proof!.Scan,
        Sbom = spec.Recipe.Proof.Sbom,
    };

    private static JsonElement? Find(RecipeSpec recipe, string variable) =>
        recipe.Variables.TryGetValue(variable, out var json) ? JsonSerializer.Deserialize<JsonElement>(json) : null;

    private static string? Text(RecipeSpec recipe, string variable) =>
        Find(recipe, variable) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static ImmutableArray<string> Texts(RecipeSpec recipe, string variable) =>
        Find(recipe, variable) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(item => item.ToString())] : [];
}
