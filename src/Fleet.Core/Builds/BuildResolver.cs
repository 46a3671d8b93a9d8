using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Recipes;

namespace Fleet.Core.Builds;

/// <summary>Finds what a recipe is made from now: base image or parent's version, template, digest, version. It only reads.</summary>
/// <param name="ports">What is asked.</param>
public sealed class BuildResolver(BuildPorts ports)
{
    /// <summary>Code of the error that the credentials are another account's.</summary>
    internal const string WrongAccount = "wrong-account";

    /// <summary>Stands for a base image that was not found, so that the template can be checked all the same.</summary>
    private const string NoImage = "ami-00000000000000000";

    /// <summary>Looks.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="run">The run that asks, which keeps the version that it was given; null for none yet.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>What was found, or everything that is missing.</returns>
    /// <exception cref="Rotations.CloudRefusedException">AWS refused, or did not answer.</exception>
    public async Task<BuildResolution> ResolveAsync(RecipeSpec recipe, string? run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var errors = new List<InputError>();
        var (start, parent) = await StartAsync(recipe, errors, cancellationToken).ConfigureAwait(false);
        var folder = await FolderAsync(recipe, errors, cancellationToken).ConfigureAwait(false);
        if (errors.Count > 0 || start is null || folder is null)
        {
            return new() { Errors = [.. errors], Folder = folder };
        }

        var kubernetes = recipe.KubernetesVersion ?? parent!.KubernetesVersion;
        var digest = Digest(recipe, kubernetes, start.Id, folder);
        var known = await ports.Images.ImagesAsync(recipe.Name, cancellationToken).ConfigureAwait(false);
        var version = known.FirstOrDefault(image => run is not null && image.Run == run)?.Version ?? ImageNames.Next(digest, known.Select(image => image.Version));
        return new()
        {
            Folder = folder,
            Existing = known.Where(image => image.Source == digest && image.State.Launches()).MaxBy(image => image.Created),
            Source = new()
            {
                BaseImage = start.Id,
                BaseName = start.Name,
                Parent = parent is null ? null : new ParentVersion(parent.Recipe, parent.Version),
                KubernetesVersion = kubernetes,
                Architecture = recipe.Architecture,
                Digest = digest,
                Version = version,
                ImageName = ImageNames.Of(recipe.Name, kubernetes, recipe.Architecture, version),
            },
        };
    }

    /// <summary>The digest of a recipe's source with a template's folder as it is now.</summary>
    public static string Digest(RecipeSpec recipe, string kubernetesVersion, string baseImage, TemplateFolder folder)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(folder);
        return SourceHash.Of(new ImageSourceText
        {
            KubernetesVersion = kubernetesVersion,
            Architecture = recipe.Architecture,
            BaseImage = baseImage,
            Variables = recipe.Variables,
            VariableFiles = recipe.Template.VariableFiles,
            Files = folder.Files,
        });
    }

    /// <summary>What a builder is told, as far as it is known.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="source">What it is made from; null where that is not known, for a check of the template alone.</param>
    /// <param name="folder">The template's folder.</param>
    /// <param name="run">The run.</param>
    /// <param name="credentials">Where credentials come from; null for none.</param>
    public BuildOrder Order(RecipeSpec recipe, BuildSource? source, TemplateFolder folder, string run, Func<CancellationToken, Task<BuilderCredentials>>? credentials = null)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(folder);
        const string Nothing = "000000000000";
        var region = recipe.Regions[0];
        return new()
        {
            Recipe = recipe.Name,
            Version = source?.Version ?? Nothing,
            Run = run,
            ImageName = source?.ImageName ?? ImageNames.Of(recipe.Name, recipe.KubernetesVersion ?? "0.0.0", recipe.Architecture, Nothing),
            Region = region,
            Architecture = recipe.Architecture,
            SourceImage = source?.BaseImage ?? NoImage,
            KubernetesVersion = recipe.KubernetesVersion,
            KmsKey = recipe.KmsKeys.GetValueOrDefault(region),
            Folder = folder.Path,
            VariableFiles = recipe.Template.VariableFiles,
            Variables = recipe.Variables,
            Tags = recipe.Tags,
            Credentials = credentials,
            Ec2Endpoint = ports.Cloud.Endpoint,
            Trusted = folder.Trusted,
        };
    }

    private async Task<(FoundImage? Start, ImageRecord? Parent)> StartAsync(RecipeSpec recipe, List<InputError> errors, CancellationToken cancellationToken)
    {
        var account = await ports.Cloud.AccountAsync(cancellationToken).ConfigureAwait(false);
        if (account != recipe.Account)
        {
            errors.Add(InputError.Argument(WrongAccount, "spec.account", account, recipe.Account, $"spec.account is {recipe.Account}, and the credentials are of account {account}: give roleArn, or the builder's own credentials"));
            return default;
        }

        return recipe.Parent is { } parent ? await ParentAsync(recipe, parent, errors, cancellationToken).ConfigureAwait(false) : (await BaseAsync(recipe, recipe.Base!, errors, cancellationToken).ConfigureAwait(false), null);
    }

    private async Task<FoundImage?> BaseAsync(RecipeSpec recipe, BaseImage wanted, List<InputError> errors, CancellationToken cancellationToken)
    {
        foreach (var owner in wanted.Owners.Where(owner => ports.BaseOwners is { } allowed && !allowed.Contains(owner)))
        {
            errors.Add(Owner("spec.base.owners", owner, $"spec.base.owners has '{owner}'"));
        }

        if (errors.Count > 0)
        {
            return null;
        }

        if (await ports.Cloud.BaseAsync(wanted, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            errors.Add(InputError.Argument("base-missing", "spec.base", $"{wanted}", null, $"spec.base: account {recipe.Account} sees no available image in {recipe.Regions[0]} that is {wanted}"));
            return null;
        }

        if (ports.BaseOwners is { } owners && !owners.Contains(found.Owner) && (found.OwnerAlias is null || !owners.Contains(found.OwnerAlias)))
        {
            errors.Add(Owner("spec.base", found.Owner, $"spec.base: {found.Id} ({found.Name}) belongs to {found.Owner}"));
        }

        return Checked(recipe, "spec.base", found, errors);
    }

    private InputError Owner(string field, string owner, string what)
    {
        var allowed = ports.BaseOwners!.Value.IsEmpty ? "none" : string.Join(", ", ports.BaseOwners.Value);
        return InputError.Argument("owner-not-allowed", field, owner, allowed, $"{what}, and the server's settings allow base images of: {allowed} (images.baseOwners)");
    }

    private async Task<(FoundImage? Start, ImageRecord? Parent)> ParentAsync(RecipeSpec recipe, string parent, List<InputError> errors, CancellationToken cancellationToken)
    {
        var (region, known) = (recipe.Regions[0], await ports.Images.ImagesAsync(parent, cancellationToken).ConfigureAwait(false));
        var newest = known.Where(image => image.State == ImageState.Stable).MaxBy(image => image.Promoted) ?? known.Where(image => image.State == ImageState.Candidate).MaxBy(image => image.Created);
        if (newest is null)
        {
            errors.Add(InputError.Argument("parent-not-built", "spec.parent", parent, null, $"spec.parent: recipe {parent} has no image yet that could be used; 'fleet images build {parent}' builds one"));
            return default;
        }

        if (newest.In(region) is not { } copy)
        {
            errors.Add(InputError.Argument("parent-not-there", "spec.parent", newest.Key, region, $"spec.parent: {newest.Key} is in {string.Join(", ", newest.Copies.Select(one => one.Region))}, and {region} builds this image"));
            return default;
        }

        if (await ports.Cloud.BaseAsync(new BaseImage { Id = copy.ImageId }, cancellationToken).ConfigureAwait(false) is not { IsAvailable: true } found)
        {
            errors.Add(InputError.Argument("base-missing", "spec.parent", copy.ImageId, null, $"spec.parent: {copy.ImageId}, which is {newest.Key}, is not available in {region} any more"));
            return default;
        }

        return (Checked(recipe, "spec.parent", found, errors), newest);
    }

    private static FoundImage Checked(RecipeSpec recipe, string field, FoundImage found, List<InputError> errors)
    {
        if (!found.IsAvailable)
        {
            errors.Add(InputError.Argument("base-unavailable", field, found.State, "available", $"{field}: {found.Id} ({found.Name}) is {found.State}, not available"));
        }

        if (found.Architecture != recipe.Architecture)
        {
            errors.Add(InputError.Argument("wrong-architecture", field, found.Architecture, recipe.Architecture, $"{field}: {found.Id} ({found.Name}) is for {found.Architecture}, and spec.architecture is {recipe.Architecture}"));
        }

        return found;
    }

    private async Task<TemplateFolder?> FolderAsync(RecipeSpec recipe, List<InputError> errors, CancellationToken cancellationToken)
    {
        try
        {
            var folder = await ports.Templates.OpenAsync(recipe.Template, cancellationToken).ConfigureAwait(false);
            foreach (var file in recipe.Template.VariableFiles.Where(name => folder.Files.All(file => file.Path != name)))
            {
                errors.Add(InputError.Argument("variable-file-missing", "spec.template.variableFiles", file, null, $"spec.template.variableFiles: {recipe.Template} has no {file}"));
            }

            return folder;
        }
        catch (TemplateFolderException absent)
        {
            errors.Add(InputError.Argument("template-missing", "spec.template", $"{recipe.Template}", null, $"spec.template: {absent.Message}"));
            return null;
        }
    }
}
