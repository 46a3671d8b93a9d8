using Fleet.Contracts.Cloud;

namespace Fleet.Infra.Tests.Iam;

public sealed class ScalingGroupsWithThePolicy : ScalingGroupsWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await RoleStage.OpenAsync();
}

public sealed class LaunchTemplatesWithThePolicy : LaunchTemplatesWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await RoleStage.OpenAsync();
}

public sealed class InstancesWithThePolicy : InstancesWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await RoleStage.OpenAsync();
}
