using Fleet.Contracts.Cloud;

namespace Fleet.Aws.Tests;

public sealed class AwsScalingGroupsTests : ScalingGroupsWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsLaunchTemplatesTests : LaunchTemplatesWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsInstancesTests : InstancesWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsImageCatalogTests : ImageCatalogWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsJoinParametersTests : JoinParametersWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsKmsKeysTests : KmsKeysWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await SandboxCloudStage.OpenAsync();
}
