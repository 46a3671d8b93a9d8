using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Images.Proof;

/// <summary>What recipes say of the images that they make.</summary>
public static class ProofExpectations
{
    /// <summary>Reads the variables of a recipe and of those that it is derived from, as packer/worker and packer/spark name them; a derived recipe's own count first. What no recipe says is not expected, or as every worker has it.</summary>
    /// <param name="lineage">The recipe, its parent, and so on.</param>
    /// <param name="kubernetesVersion">The image's version of Kubernetes.</param>
    /// <param name="rootDevice">The root device's name as the image maps it, where no recipe names it; null where it is not known.</param>
    public static ProofExpectation Of(IReadOnlyList<RecipeSpec> lineage, string kubernetesVersion, string? rootDevice)
    {
        var standard = new ProofExpectation { Kubernetes = kubernetesVersion };
        return standard with
        {
            Containerd = VersionOf("containerd"),
            Runc = VersionOf("runc"),
            Modules = Find("kernel_modules") is { ValueKind: JsonValueKind.Array } modules ? [.. modules.EnumerateArray().Select(module => module.ToString())] : standard.Modules,
            RootDevice = Text(Find("root_device_name")) ?? rootDevice,
            RootGiB = int.TryParse(Text(Find("root_volume_size")), out var size) ? size : null,
        };

        JsonElement? Find(string variable)
        {
            var json = lineage.Select(recipe => recipe.Variables.GetValueOrDefault(variable)).FirstOrDefault(value => value is not null);
            return json is null ? null : JsonSerializer.Deserialize<JsonElement>(json);
        }

        string? VersionOf(string variable) => Find(variable) is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty("version", out var version) ? version.ToString() : null;
    }

    private static string? Text(JsonElement? value) => value?.ToString();
}
