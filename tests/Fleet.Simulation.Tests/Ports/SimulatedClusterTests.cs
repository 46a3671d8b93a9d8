using Fleet.Contracts.Cluster;

namespace Fleet.Simulation.Tests.Ports;

public sealed class SimulatedClusterWatchTests : ClusterWatchWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}

public sealed class SimulatedNodeActionsTests : NodeActionsWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}

public sealed class SimulatedEvictionsTests : EvictionsWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}

public sealed class SimulatedPermissionsTests : PermissionsWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}

public sealed class SimulatedPoolLockTests : PoolLockWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}

public sealed class SimulatedBootstrapTokensTests : BootstrapTokensWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}

public sealed class SimulatedApiServersTests : ApiServersWorldContract
{
    protected override Task<IClusterServer> OpenAsync() => Task.FromResult<IClusterServer>(new SimulatedClusterStage());
}
