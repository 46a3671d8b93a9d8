using System.Collections.Immutable;
using Fleet.Core.Images;
using Fleet.Core.Images.Builds;
using Fleet.Core.Images.Keys;
using Fleet.Core.Images.Proof;

namespace Fleet.Core.Builds;

/// <summary>All that an image build reaches outside.</summary>
public sealed record BuildPorts
{
    /// <summary>The account and region that build.</summary>
    public required IBuildCloud Cloud { get; init; }

    /// <summary>Where templates are.</summary>
    public required ITemplateFolders Templates { get; init; }

    /// <summary>What builds.</summary>
    public required IImageBuilder Builder { get; init; }

    /// <summary>Where templates install packages from.</summary>
    public required IPackageRepositories Packages { get; init; }

    /// <summary>Scripts on the instances that prove images.</summary>
    public required IInstanceScripts Scripts { get; init; }

    /// <summary>The keys that images are encrypted with, those of the regions that get copies too.</summary>
    public required IKmsRegions Keys { get; init; }

    /// <summary>Fleet's records of images.</summary>
    public required IImageStore Images { get; init; }

    /// <summary>Account ids and aliases that may own a base image; null: any.</summary>
    public ImmutableArray<string>? BaseOwners { get; init; }
}
