using Fleet.Core.Images.Keys;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Builds;

/// <summary>Looks, with reads only, whether a recipe can be built, and what that would come to.</summary>
/// <param name="ports">What is asked.</param>
public sealed class BuildPreflight(BuildPorts ports)
{
    /// <summary>Looks at base, parent, template and the keys of all regions, has the builder check the template, and looks whether the packages are there.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="again">Whether a source that was built before is built anew.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>The plan, or everything that speaks against it.</returns>
    /// <exception cref="Rotations.CloudRefusedException">AWS refused, or did not answer.</exception>
    public async Task<(BuildPlan? Plan, IReadOnlyList<InputError> Errors)> CheckAsync(RecipeSpec recipe, bool again, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var resolver = new BuildResolver(ports);
        var found = await resolver.ResolveAsync(recipe, null, cancellationToken).ConfigureAwait(false);
        var builds = again || found.Existing is null;
        var (errors, keys, notes) = (found.Errors, KeyReport.None, new List<string>());
        if (builds && !found.IsElsewhere)
        {
            keys = await new KeyChecks(ports.Keys).CheckAsync(recipe, cancellationToken).ConfigureAwait(false);
            (errors, notes) = (errors.AddRange(keys.Faults.Select(fault => fault.ToError())), [.. keys.Notes]);
        }

        if (found.Folder is { } folder && builds)
        {
            var order = resolver.Order(recipe, found.Source, folder, "check");
            var (refused, note) = await new TemplateChecks(ports).CheckAsync(order, cancellationToken).ConfigureAwait(false);
            errors = errors.AddRange(refused);
            notes.AddRange(note is null ? [] : [note]);
        }

        return errors.IsEmpty ? (new BuildPlan(found.Source!, found.Existing, recipe.Regions[0], builds, recipe.Proof is not null, keys.Findings, notes.Count == 0 ? null : string.Join("; ", notes)), []) : (null, errors);
    }
}
