using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation.Ports;

namespace Fleet.Simulation.Rehearsals;

/// <summary>A rotation's ports on a simulated world, without a wire.</summary>
public static class SimulatedPorts
{
    /// <summary>The ports of a world.</summary>
    public static RotationPorts Of(World world, SimulatedCluster cluster, IInventoryStore inventory) => new()
    {
        Cluster = cluster,
        Nodes = new SimulatedNodeActions(world),
        Evictions = new SimulatedEvictions(world),
        Lock = new SimulatedPoolLock(world),
        Permissions = new SimulatedPermissions(world),
        ApiServers = new SimulatedApiServers(world),
        Groups = new SimulatedScalingGroups(world),
        Templates = new SimulatedLaunchTemplates(world),
        Images = new SimulatedMachineImages(world),
        Instances = new SimulatedInstances(world),
        Hooks = new SimulatedHooks(world),
        Inventory = inventory,
    };
}
