using Fleet.Core.Images.Catalog;
using Fleet.Simulation;
using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cloud;

/// <summary>An account of <see cref="StageWorld"/>, whose world can be looked at, disturbed and moved on.</summary>
public interface ICloudStage : ICloudAccount
{
    CloudFacts ICloudAccount.Facts => StageWorld.Facts;

    /// <summary>The world behind the ports: what really happened.</summary>
    World World { get; }

    /// <summary>The images of the account in another region.</summary>
    IImageCatalog CatalogIn(string region);

    /// <summary>Lets the world's time pass until something is so.</summary>
    Task UntilAsync(Func<World, bool> so);

    /// <summary>The calls of a verb so far.</summary>
    IReadOnlyList<CallRecord> Calls(string verb)
    {
        lock (World.Gate)
        {
            return [.. World.Log.Records.Where(call => call.Verb == verb)];
        }
    }
}
