using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;
using Fleet.Core.Joining;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;
using Fleet.Simulation;
using Fleet.Simulation.Ports;

namespace Fleet.Contracts.Cloud;

/// <summary>The ports on the world itself, in virtual time.</summary>
public sealed class SimulatedCloudStage : ICloudStage
{
    public SimulatedCloudStage()
    {
        World = StageWorld.Build();
        Groups = new SimulatedScalingGroups(World);
        Templates = new SimulatedLaunchTemplates(World);
        Images = new SimulatedMachineImages(World);
        Instances = new SimulatedInstances(World);
        Catalog = new SimulatedImageCatalog(World);
        JoinParameters = new SimulatedJoinParameters(World);
        Keys = new SimulatedKmsKeys(World);
    }

    public World World { get; }

    public IScalingGroups Groups { get; }

    public ILaunchTemplates Templates { get; }

    public IMachineImages Images { get; }

    public IInstances Instances { get; }

    public IImageCatalog Catalog { get; }

    public IJoinParameters JoinParameters { get; }

    public IKmsKeys Keys { get; }

    public IImageCatalog CatalogIn(string region) => new SimulatedImageCatalog(World, region);

    public Task UntilAsync(Func<World, bool> so)
    {
        VirtualTime.Until(World, so);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
