using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using Fleet.Simulation;

namespace Fleet.Contracts.Cloud;

/// <summary>An account with the group of <see cref="StageWorld"/>, reached through one implementation of the ports.</summary>
public interface ICloudStage : IAsyncDisposable
{
    IScalingGroups Groups { get; }

    ILaunchTemplates Templates { get; }

    IMachineImages Images { get; }

    IInstances Instances { get; }

    /// <summary>The world behind the ports: what really happened.</summary>
    World World { get; }

    /// <summary>Lets the world's time pass until something is so.</summary>
    Task UntilAsync(Func<World, bool> so);
}
