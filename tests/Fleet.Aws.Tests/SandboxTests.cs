using Fleet.Contracts.Cloud;

namespace Fleet.Aws.Tests;

public sealed class AwsScalingGroupsTests : ScalingGroupsContract
{
    protected override async Task<ICloudStage> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsLaunchTemplatesTests : LaunchTemplatesContract
{
    protected override async Task<ICloudStage> OpenAsync() => await SandboxCloudStage.OpenAsync();
}

public sealed class AwsInstancesTests : InstancesContract
{
    protected override async Task<ICloudStage> OpenAsync() => await SandboxCloudStage.OpenAsync();
}
