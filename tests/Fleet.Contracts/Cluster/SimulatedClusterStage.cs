using Fleet.Core.Disruption;
using Fleet.Core.Joining;
using Fleet.Simulation;
using Fleet.Simulation.Ports;

namespace Fleet.Contracts.Cluster;

/// <summary>The ports on the world itself, in virtual time.</summary>
public sealed class SimulatedClusterStage : IClusterStage
{
    private readonly SimulatedCluster _cluster;

    public SimulatedClusterStage(World? world = null)
    {
        World = world ?? StageWorld.Build();
        World.Cluster.ShowClusterInfo();
        _cluster = new SimulatedCluster(World);
        Nodes = new SimulatedNodeActions(World);
        Evictions = new SimulatedEvictions(World);
        Lock = new SimulatedPoolLock(World);
        Permissions = new SimulatedPermissions(World);
        Tokens = new SimulatedBootstrapTokens(World);
        ApiServers = new SimulatedApiServers(World);
    }

    public World World { get; }

    public IClusterWatch Watch => _cluster;

    public INodeActions Nodes { get; }

    public IEvictions Evictions { get; }

    public IPoolLock Lock { get; }

    public IPermissions Permissions { get; }

    public IBootstrapTokens Tokens { get; }

    public IApiServers ApiServers { get; }

    public ValueTask DisposeAsync()
    {
        _cluster.Dispose();
        return ValueTask.CompletedTask;
    }
}
