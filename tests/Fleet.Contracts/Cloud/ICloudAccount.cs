using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;

namespace Fleet.Contracts.Cloud;

/// <summary>An account with a group, reached through one implementation of the ports: a simulated one, or whatever a server shows.</summary>
public interface ICloudAccount : IAsyncDisposable
{
    IScalingGroups Groups { get; }

    ILaunchTemplates Templates { get; }

    IMachineImages Images { get; }

    IInstances Instances { get; }

    IImageCatalog Catalog { get; }

    IJoinParameters JoinParameters { get; }

    IKmsKeys Keys { get; }

    /// <summary>What there is in it.</summary>
    CloudFacts Facts { get; }
}
