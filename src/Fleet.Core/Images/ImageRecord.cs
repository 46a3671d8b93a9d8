using System.Collections.Immutable;

namespace Fleet.Core.Images;

/// <summary>What Fleet knows of one version of a recipe's image; its own record, kept when recipe and image are long gone.</summary>
public sealed record ImageRecord
{
    /// <summary>The recipe's name.</summary>
    public required string Recipe { get; init; }

    /// <summary>The version: <see cref="SourceHash.Version"/> of what it was made from, with <c>-2</c>, <c>-3</c> … where the same was built again on demand.</summary>
    public required string Version { get; init; }

    /// <summary>Digest of everything that it was made from.</summary>
    public required string Source { get; init; }

    /// <summary>Name of the image in Amazon EC2.</summary>
    public required string Name { get; init; }

    /// <summary>Account that owns it.</summary>
    public required string Account { get; init; }

    /// <summary>Kubernetes version, e.g. <c>1.33.2</c>.</summary>
    public required string KubernetesVersion { get; init; }

    /// <summary>Architecture.</summary>
    public required string Architecture { get; init; }

    /// <summary>The image that it started from, in the region that built it.</summary>
    public required string BaseImage { get; init; }

    /// <summary>The version of the parent recipe that it started from; null where it has none.</summary>
    public ParentVersion? Parent { get; init; }

    /// <summary>The run that built it.</summary>
    public required string Run { get; init; }

    /// <summary>Where it stands.</summary>
    public ImageState State { get; init; } = ImageState.Building;

    /// <summary>Its images, by region; none until it is built.</summary>
    public ImmutableArray<ImageCopy> Copies { get; init; } = [];

    /// <summary>Accounts that may launch from it.</summary>
    public ImmutableArray<string> SharedWith { get; init; } = [];

    /// <summary>When its build began.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it came to its state.</summary>
    public required DateTimeOffset Changed { get; init; }

    /// <summary>When it became stable; null where it never was.</summary>
    public DateTimeOffset? Promoted { get; init; }

    /// <summary>What pools, tags and people call it.</summary>
    public string Key => $"{Recipe}/{Version}";

    /// <summary>Its image in a region; null where it has none there.</summary>
    public ImageCopy? In(string region) => Copies.FirstOrDefault(copy => copy.Region == region);

    /// <summary>Minor version of Kubernetes, e.g. <c>1.33</c>.</summary>
    public string KubernetesMinor => KubernetesVersion[..KubernetesVersion.LastIndexOf('.')];
}
