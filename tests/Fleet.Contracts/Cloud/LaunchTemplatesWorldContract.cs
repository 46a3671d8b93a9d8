using Fleet.Core.Inventory;

namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of launch templates and images: calls, a permission that is denied, devices of their own, names.</summary>
public abstract class LaunchTemplatesWorldContract : LaunchTemplatesContract
{
    private ICloudStage Stage => (ICloudStage)Account;

    [Fact]
    public async Task A_new_version_keeps_the_snapshots_and_user_data_of_its_source()
    {
        var made = await Stage.Templates.CreateVersionAsync((await GroupAsync()).TemplateId!, 1, StageWorld.NewImage, "fleet r-1", "token-1", None);

        made.Data.ShouldContain(StageWorld.Snapshot);
        made.Data.ShouldContain("IyEvYmluL3No");
    }

    [Fact]
    public async Task A_version_that_may_not_be_written_is_told_without_a_write()
    {
        Stage.World.Faults.Deny("CreateLaunchTemplateVersion");

        (await Stage.Templates.MayCreateVersionAsync((await GroupAsync()).TemplateId!, 1, StageWorld.NewImage, None)).ShouldBeFalse();

        Stage.Calls("CreateLaunchTemplateVersion").ShouldNotBeEmpty();
        Stage.Calls("CreateLaunchTemplateVersion").ShouldAllBe(call => !call.Writes);
    }

    [Fact]
    public async Task A_version_that_may_be_written_is_told_without_a_write()
    {
        (await Stage.Templates.MayCreateVersionAsync((await GroupAsync()).TemplateId!, 1, StageWorld.NewImage, None)).ShouldBeTrue();

        Stage.Calls("CreateLaunchTemplateVersion").ShouldAllBe(call => !call.Writes);
    }

    [Fact]
    public async Task An_image_is_found_by_newest_name_and_tells_its_architecture()
    {
        (await Stage.Images.ResolveAsync(new ImageSource { Id = StageWorld.ArmImage }, None)).ShouldNotBeNull().Architecture.ShouldBe("arm64");
        var newest = (await Stage.Images.ResolveAsync(new ImageSource { Owner = "self", Name = "worker-*" }, None)).ShouldNotBeNull();
        (newest.Id, newest.Name).ShouldBe((StageWorld.NewImage, "worker-2"));
    }

    [Fact]
    public async Task Architectures_of_a_type_are_asked_for_once()
    {
        await Stage.Images.ArchitecturesAsync(StageWorld.InstanceType, None);
        await Stage.Images.ArchitecturesAsync(StageWorld.InstanceType, None);
        Stage.Calls("DescribeInstanceTypes").Count.ShouldBe(1);
    }
}
