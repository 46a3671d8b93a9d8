using Fleet.Contracts.Cloud;

namespace Fleet.Simulation.Tests.Ports;

public sealed class SimulatedScalingGroupsTests : ScalingGroupsContract
{
    protected override Task<ICloudStage> OpenAsync() => Task.FromResult<ICloudStage>(new SimulatedCloudStage());
}

public sealed class SimulatedLaunchTemplatesTests : LaunchTemplatesContract
{
    protected override Task<ICloudStage> OpenAsync() => Task.FromResult<ICloudStage>(new SimulatedCloudStage());
}

public sealed class SimulatedInstancesTests : InstancesContract
{
    protected override Task<ICloudStage> OpenAsync() => Task.FromResult<ICloudStage>(new SimulatedCloudStage());
}
