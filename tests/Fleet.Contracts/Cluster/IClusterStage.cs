using Fleet.Core.Disruption;
using Fleet.Simulation;

namespace Fleet.Contracts.Cluster;

/// <summary>The cluster of <see cref="StageWorld"/>, reached through one implementation of the ports.</summary>
public interface IClusterStage : IAsyncDisposable
{
    IClusterWatch Watch { get; }

    INodeActions Nodes { get; }

    IEvictions Evictions { get; }

    IPoolLock Lock { get; }

    IPermissions Permissions { get; }

    /// <summary>The world behind the ports: what really happened.</summary>
    World World { get; }
}
