using System.Collections.Immutable;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Proof;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Builds;

/// <summary>Asks what the templates of a recipe and of those that it is derived from say of their images, which a proof holds the image to.</summary>
/// <param name="ports">What is asked.</param>
internal sealed class ProofTemplates(BuildPorts ports)
{
    private static readonly ImmutableArray<string> Asked = [.. ProofExpectations.Variables, "instance_type", "subnet_id", "security_group_ids"];

    private static readonly ImmutableSortedDictionary<string, string> Nothing = ImmutableSortedDictionary<string, string>.Empty;

    private readonly BuildResolver _resolver = new(ports);

    /// <summary>Asks; a template that cannot be read, or is another than the one that the parent's image was made from, says nothing.</summary>
    public async Task<ImmutableArray<ImmutableSortedDictionary<string, string>>> OfAsync(BuildSpec spec, BuildSource source, TemplateFolder folder, string run, CancellationToken cancellationToken)
    {
        var said = ImmutableArray.Create(await AskAsync(_resolver.Order(spec.Recipe, source, folder, run), Asked, cancellationToken).ConfigureAwait(false));
        for (var (parent, at) = (source.Parent, 0); at < spec.Ancestors.Length; at++)
        {
            var recipe = spec.Ancestors[at];
            var record = parent is null ? null : (await ports.Images.ImagesAsync(recipe.Name, cancellationToken).ConfigureAwait(false)).FirstOrDefault(image => image.Version == parent.Version);
            said = said.Add(record is null ? Nothing : await OfAsync(recipe, record.KubernetesVersion, record.BaseImage, record.Source, run, cancellationToken).ConfigureAwait(false));
            parent = record?.Parent;
        }

        return said;
    }

    private async Task<ImmutableSortedDictionary<string, string>> OfAsync(RecipeSpec recipe, string kubernetes, string baseImage, string digest, string run, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await ports.Templates.OpenAsync(recipe.Template, cancellationToken).ConfigureAwait(false);
            return BuildResolver.Digest(recipe, kubernetes, baseImage, folder) == digest
                ? await AskAsync(_resolver.Order(recipe, null, folder, run), ProofExpectations.Variables, cancellationToken).ConfigureAwait(false)
                : Nothing;
        }
        catch (TemplateFolderException)
        {
            return Nothing;
        }
    }

    private async Task<ImmutableSortedDictionary<string, string>> AskAsync(BuildOrder order, ImmutableArray<string> asked, CancellationToken cancellationToken) =>
        (await ports.Builder.VariablesAsync(order, cancellationToken).ConfigureAwait(false)).Where(variable => asked.Contains(variable.Key)).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
