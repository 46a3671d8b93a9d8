using System.Collections.Immutable;
using Fleet.Core.Images;

namespace Fleet.Core.Builds;

/// <summary>What an image is made from, as it was found, and what it will be called.</summary>
public sealed record BuildSource
{
    /// <summary>Id of the image that it starts from.</summary>
    public required string BaseImage { get; init; }

    /// <summary>Its name.</summary>
    public required string BaseName { get; init; }

    /// <summary>The parent's version that it starts from; null where there is no parent.</summary>
    public ParentVersion? Parent { get; init; }

    /// <summary>Kubernetes version.</summary>
    public required string KubernetesVersion { get; init; }

    /// <summary>Architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>Digest of all of it.</summary>
    public required string Digest { get; init; }

    /// <summary>The version.</summary>
    public required string Version { get; init; }

    /// <summary>Name of the image.</summary>
    public required string ImageName { get; init; }

    /// <summary>Values, as JSON, that variables of the template have in this build, also by its variable files and defaults, and after them those of the recipe's parent, of that one's, and so on; of these the ones that a proof asks for. Default none.</summary>
    public ImmutableArray<ImmutableSortedDictionary<string, string>> Templates { get; init; } = [];
}
