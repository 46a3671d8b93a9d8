using Fleet.Simulation;

namespace Fleet.Contracts.Cluster;

/// <summary>The cluster of <see cref="StageWorld"/>, whose world can be looked at, disturbed and moved on.</summary>
public interface IClusterStage : IClusterServer
{
    string IClusterServer.Namespace => "default";

    string IClusterServer.PoolPrefix => "";

    /// <summary>The world behind the ports: what really happened.</summary>
    World World { get; }
}
