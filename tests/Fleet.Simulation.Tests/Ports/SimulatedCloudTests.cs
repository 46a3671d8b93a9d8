using Fleet.Contracts.Cloud;

namespace Fleet.Simulation.Tests.Ports;

public sealed class SimulatedScalingGroupsTests : ScalingGroupsWorldContract
{
    protected override Task<ICloudAccount> OpenAsync() => Task.FromResult<ICloudAccount>(new SimulatedCloudStage());
}

public sealed class SimulatedLaunchTemplatesTests : LaunchTemplatesWorldContract
{
    protected override Task<ICloudAccount> OpenAsync() => Task.FromResult<ICloudAccount>(new SimulatedCloudStage());
}

public sealed class SimulatedInstancesTests : InstancesWorldContract
{
    protected override Task<ICloudAccount> OpenAsync() => Task.FromResult<ICloudAccount>(new SimulatedCloudStage());
}

public sealed class SimulatedImageCatalogTests : ImageCatalogWorldContract
{
    protected override Task<ICloudAccount> OpenAsync() => Task.FromResult<ICloudAccount>(new SimulatedCloudStage());
}

public sealed class SimulatedJoinParametersTests : JoinParametersWorldContract
{
    protected override Task<ICloudAccount> OpenAsync() => Task.FromResult<ICloudAccount>(new SimulatedCloudStage());
}

public sealed class SimulatedKmsKeysTests : KmsKeysWorldContract
{
    protected override Task<ICloudAccount> OpenAsync() => Task.FromResult<ICloudAccount>(new SimulatedCloudStage());
}
