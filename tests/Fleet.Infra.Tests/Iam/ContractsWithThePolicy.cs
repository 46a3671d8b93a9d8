using Fleet.Contracts.Cloud;
using Fleet.Core.Rotations;

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

public sealed class JoinParametersWithThePolicy : JoinParametersWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await RoleStage.OpenAsync();

    /// <summary>The role may set its own cluster's parameter alone.</summary>
    public override Task A_SecureString_is_set_read_and_set_again() => RefusedAsync(() => Account.JoinParameters.WriteAsync("/fleet/clusters/other/join", "secret", null, "", None), "denied", "ssm:PutParameter");
}

public sealed class ImageCatalogWithThePolicy : ImageCatalogWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await RoleStage.OpenWithImagesAsync();

    [Fact]
    public async Task What_does_not_bear_the_recipe_s_tag_cannot_be_touched()
    {
        var catalog = Account.Catalog;
        foreach (var write in (Func<Task>[])
            [() => catalog.DeprecateAsync(Facts.NewImage, Soon(), None), () => catalog.DisableAsync(Facts.NewImage, None), () => catalog.DeregisterAsync(Facts.NewImage, [], None), () => catalog.ShareAsync(Facts.NewImage, ["111122223333"], None), () => catalog.TagAsync([Facts.NewImage], Tags, None)])
        {
            (await Should.ThrowAsync<CloudRefusedException>(write)).Code.ShouldBe("denied");
        }

        (await SeenAsync(Facts.NewImage)).ShouldNotBeNull().ShouldSatisfyAllConditions(image => image.State.ShouldBe("available"), image => image.Recipe.ShouldBeNull());
    }
}

public sealed class KmsKeysWithThePolicy : KmsKeysWorldContract
{
    protected override async Task<ICloudAccount> OpenAsync() => await RoleStage.OpenWithImagesAsync();

    /// <summary>The role reads its own account's keys, and those of others that kms_keys names.</summary>
    public override async Task Of_another_accounts_key_the_policy_may_not_be_read()
    {
        var key = PutTheirs();

        var look = await Account.Keys.LookAsync(key, None);

        look.Key.ShouldBeNull();
        look.Unread.ShouldHaveSingleItem().Permission.ShouldBe("kms:DescribeKey");
    }
}
