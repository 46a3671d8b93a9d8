using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;
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
            InstanceType = proof.InstanceType ?? Text("instance_type") ?? (recipe.Architecture == "arm64" ? "m6g.large" : "m6i.large"),
            InstanceProfile = proof.InstanceProfile,
            Subnet = proof.Subnet ?? Text("subnet_id"),
            SecurityGroups = proof.SecurityGroups.IsEmpty ? Own(spec, source).Select(said => VariableValue.Items(said, "security_group_ids")).FirstOrDefault(ids => ids is not null) ?? [] : proof.SecurityGroups,
            Tags = ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, recipe.Tags)
                .SetItem("Name", $"{source.ImageName} proof")
                .SetItem(ImageTags.Recipe, recipe.Name)
                .SetItem(ImageTags.Version, source.Version)
                .SetItem(ImageTags.Run, run.Id),
            Token = $"{run.Id}-proof",
        };

        string? Text(string variable) => Own(spec, source).Select(said => VariableValue.Text(said, variable)).FirstOrDefault(text => text is not null);
    }

    /// <summary>What is proved on it.</summary>
    public static ProofOrder Proof(Run run, BuildSpec spec, BuildSource source, FoundImage image, string instance) => new()
    {
        Run = run.Id,
        Instance = instance,
        Expectation = ProofExpectations.Of([.. Said(spec, source)], source.KubernetesVersion, image.RootDevice),
        Checks = spec.Recipe.Checks,
        Scan = spec.Recipe.Proof!.Scan,
        Sbom = spec.Recipe.Proof.Sbom,
    };

    /// <summary>The recipe's own variables, and its template's.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string>> Own(BuildSpec spec, BuildSource source) => Said(spec, source).Take(source.Templates.IsEmpty ? 1 : 2);

    /// <summary>What a derived recipe or its template says counts before what it is derived from.</summary>
    private static IEnumerable<IReadOnlyDictionary<string, string>> Said(BuildSpec spec, BuildSource source) =>
        spec.Ancestors.Prepend(spec.Recipe).SelectMany((recipe, at) => at < source.Templates.Length ? [recipe.Variables, source.Templates[at]] : (IReadOnlyDictionary<string, string>[])[recipe.Variables]);
}
