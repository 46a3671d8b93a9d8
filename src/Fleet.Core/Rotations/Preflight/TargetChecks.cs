using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Core.Templates;
using static Fleet.Core.Rotations.Preflight.PreflightReasons;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>Whether the target exists and fits the groups' instance types.</summary>
internal sealed class TargetChecks(RotationPorts ports, RotationRequest request, List<Reason> problems)
{
    private readonly HashSet<string> _skewed = [];

    /// <summary>The target; null when there is none and a problem says why.</summary>
    public async Task<RotationTarget?> FindAsync(IReadOnlyList<ScalingGroup> groups, IReadOnlyDictionary<string, TemplateVersion> versions, CancellationToken cancellationToken)
    {
        if (request.LastGood is { } remembered)
        {
            return await new WayBack(ports, request, this, problems).FindAsync(groups, remembered, cancellationToken).ConfigureAwait(false);
        }

        if (request.TemplateVersion is { } number)
        {
            foreach (var template in groups.Select(group => group.TemplateId).OfType<string>().Distinct())
            {
                var version = await ports.Templates.VersionAsync(template, $"{number}", cancellationToken).ConfigureAwait(false);
                if (version is null)
                {
                    problems.Add(Refusal("template-version-missing", $"launch template {template}", $"launch template {template} has no version {number}", null, $"{number}", "name a version that exists"));
                }
                else
                {
                    await FitsAsync(version.ResolvedImageId ?? "", [version], cancellationToken).ConfigureAwait(false);
                }
            }

            return problems.Count == 0 ? new RotationTarget { TemplateVersion = number } : null;
        }

        var source = request.Image is { } id ? new ImageSource { Id = id } : request.Recipe is { } recipe && recipe != request.Pool.Image?.Recipe ? new ImageSource { Recipe = recipe } : request.Pool.Image;
        if (source is null)
        {
            problems.Add(Refusal("no-target", $"pool {request.Pool.Cluster}/{request.Pool.Name}", "the pool declares no image and none was given", "an image, a recipe or a template version", "none", "give --image, --recipe, --template-version or --to-last-good, or declare spec.image"));
            return null;
        }

        var made = source.Recipe is null ? null : OfRecipe(source);
        if (source.Recipe is not null && made is null)
        {
            return null;
        }

        var image = await FindAsync(made is null ? source : new ImageSource { Id = made.In(request.Cluster.Region)!.ImageId }, cancellationToken).ConfigureAwait(false);
        if (image is null)
        {
            return null;
        }

        var used = groups.Select(group => versions.GetValueOrDefault(group.Name)).OfType<TemplateVersion>().ToList();
        await FitsAsync(image, used, cancellationToken).ConfigureAwait(false);
        return new RotationTarget { ImageId = image.Id, Recipe = made?.Key, Declared = Declared(image, await FormerRootsAsync(image, used, cancellationToken).ConfigureAwait(false)) };
    }

    /// <summary>Root devices of the images that are used now, where they have another name than the new one's; an image that is gone tells nothing.</summary>
    private async Task<ImmutableSortedDictionary<string, string>> FormerRootsAsync(MachineImage image, IEnumerable<TemplateVersion> used, CancellationToken cancellationToken)
    {
        var roots = ImmutableSortedDictionary<string, string>.Empty;
        foreach (var version in used.Where(version => version is { ImageId: not null, ResolvedImageId: not null }).DistinctBy(version => version.ImageId))
        {
            var former = version.ResolvedImageId == image.Id ? null : (await ports.Images.ResolveAsync(new ImageSource { Id = version.ResolvedImageId }, cancellationToken).ConfigureAwait(false))?.RootDeviceName;
            roots = former is null || image.RootDeviceName is null || former == image.RootDeviceName ? roots : roots.SetItem(version.ImageId!, former);
        }

        return roots;
    }

    /// <summary>What the pool declares besides the image, and what follows from the image's root device; null where that is nothing, or a problem.</summary>
    private TemplateChanges? Declared(MachineImage image, ImmutableSortedDictionary<string, string> formerRoots)
    {
        if (request.Pool.Template is null && formerRoots.IsEmpty)
        {
            return null;
        }

        var pool = $"pool {request.Pool.Cluster}/{request.Pool.Name}";
        if (request.Pool.Template?.RootVolume is not null && image.RootDeviceName is null)
        {
            problems.Add(Refusal("image-root-device", $"image {image.Id}", $"image {image.Id} names no root device, and {pool} declares spec.template.rootVolume", "a root device", "none", "name an image with a root device, or take rootVolume out of the pool"));
        }

        try
        {
            return TemplateChanges.Of(request.Cluster, request.Pool, image.Id, image.RootDeviceName, formerRoots);
        }
        catch (ArgumentException unfit)
        {
            problems.Add(Refusal("user-data", pool, unfit.Message.Split(" (Parameter '")[0], null, null, "correct what the message names, and apply it"));
            return null;
        }
    }

    private ImageRecord? OfRecipe(ImageSource source)
    {
        var (newest, why) = RecipeImages.Newest(request.Versions, source.Channel, request.Cluster.Region);
        if (newest is null)
        {
            problems.Add(Refusal("recipe-image-missing", $"recipe {source.Recipe}", $"recipe {source.Recipe} {why}", $"a {source.Channel.ToString().ToLowerInvariant()} version in region {request.Cluster.Region}", "none", $"build one (fleet images build {source.Recipe}) and promote it (fleet images promote), or name an image"));
        }

        return newest;
    }

    private async Task<MachineImage?> FindAsync(ImageSource source, CancellationToken cancellationToken)
    {
        var image = await ports.Images.ResolveAsync(source, cancellationToken).ConfigureAwait(false);
        if (image is null)
        {
            problems.Add(Refusal("image-missing", $"image {source}", $"there is no image {source} in region {request.Cluster.Region} that this account may use", null, $"{source}", "name an image of this region, or share it with this account"));
        }
        else if (image.State != "available")
        {
            problems.Add(Refusal("image-unavailable", $"image {image.Id}", $"image {image.Id} is {image.State}", "available", image.State, "wait until it is available, or name another"));
            return null;
        }

        return image;
    }

    /// <summary>Whether an image exists, is available and fits the versions' instance types.</summary>
    public async Task FitsAsync(string imageId, IReadOnlyList<TemplateVersion> versions, CancellationToken cancellationToken)
    {
        if (await FindAsync(new ImageSource { Id = imageId }, cancellationToken).ConfigureAwait(false) is { } image)
        {
            await FitsAsync(image, versions, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FitsAsync(MachineImage image, IReadOnlyList<TemplateVersion> versions, CancellationToken cancellationToken)
    {
        if (_skewed.Add(image.Id))
        {
            problems.AddRange(await SkewChecks.OfAsync(ports, request, image, cancellationToken).ConfigureAwait(false));
        }

        foreach (var type in versions.Select(version => version.InstanceType).OfType<string>().Distinct())
        {
            var architectures = await ports.Images.ArchitecturesAsync(type, cancellationToken).ConfigureAwait(false);
            if (architectures.Count > 0 && !architectures.Contains(image.Architecture))
            {
                problems.Add(Refusal("image-architecture", $"image {image.Id}", $"image {image.Id} is for {image.Architecture}, instance type {type} is {string.Join(" or ", architectures)}", string.Join(" or ", architectures), image.Architecture, $"name an image for {string.Join(" or ", architectures)}"));
            }
        }
    }
}
