using Fleet.Contracts.Cluster;

namespace Fleet.Simulation.Tests.Ports;

public sealed class SimulatedClusterWatchTests : ClusterWatchContract
{
    protected override Task<IClusterStage> OpenAsync() => Task.FromResult<IClusterStage>(new SimulatedClusterStage());
}

public sealed class SimulatedNodeActionsTests : NodeActionsContract
{
    protected override Task<IClusterStage> OpenAsync() => Task.FromResult<IClusterStage>(new SimulatedClusterStage());
}

public sealed class SimulatedEvictionsTests : EvictionsContract
{
    protected override Task<IClusterStage> OpenAsync() => Task.FromResult<IClusterStage>(new SimulatedClusterStage());
}

public sealed class SimulatedPermissionsTests : PermissionsContract
{
    protected override Task<IClusterStage> OpenAsync() => Task.FromResult<IClusterStage>(new SimulatedClusterStage());
}

public sealed class SimulatedPoolLockTests : PoolLockContract
{
    protected override Task<IClusterStage> OpenAsync() => Task.FromResult<IClusterStage>(new SimulatedClusterStage());
}
