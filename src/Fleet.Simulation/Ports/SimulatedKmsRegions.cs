using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Keys;

namespace Fleet.Simulation.Ports;

/// <summary>The keys of a simulated account's regions.</summary>
/// <param name="world">The world.</param>
public sealed class SimulatedKmsRegions(World world) : IKmsRegions
{
    /// <inheritdoc/>
    public IKmsKeys KeysAt(ImagePlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        return new SimulatedKmsKeys(world, place.Region);
    }
}
