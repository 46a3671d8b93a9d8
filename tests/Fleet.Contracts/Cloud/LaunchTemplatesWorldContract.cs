using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Templates;

namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of launch templates and images: calls, a permission that is denied, devices of their own, names.</summary>
public abstract class LaunchTemplatesWorldContract : LaunchTemplatesContract
{
    private ICloudStage Stage => (ICloudStage)Account;

    private async Task<TemplateVersion> MakeAsync(TemplateChanges changes) =>
        await Stage.Templates.CreateVersionAsync((await GroupAsync()).TemplateId!, 1, changes, "fleet r-1", "token-1", None);

    [Fact]
    public async Task A_new_version_keeps_the_snapshots_and_user_data_of_its_source()
    {
        var made = await Stage.Templates.CreateVersionAsync((await GroupAsync()).TemplateId!, 1, new() { ImageId = StageWorld.NewImage }, "fleet r-1", "token-1", None);

        made.Data.ShouldContain(StageWorld.Snapshot);
        made.Data.ShouldContain("IyEvYmluL3No");
    }

    [Fact]
    public async Task A_root_volume_that_is_encrypted_keeps_the_other_volumes_and_their_snapshots()
    {
        var made = await MakeAsync(new() { ImageId = StageWorld.NewImage, RootDevice = "/dev/xvda", RootVolume = new() { KmsKey = "alias/workers", SizeGiB = 60 } });

        Member(made, "BlockDeviceMappings").ShouldBe($$$"""[{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true,"KmsKeyId":"alias/workers","VolumeSize":60,"VolumeType":"gp3"}},{"DeviceName":"/dev/xvdb","Ebs":{"SnapshotId":"{{{StageWorld.Snapshot}}}","VolumeSize":100,"VolumeType":"gp3"}}]""");
        Member(made, "UserData").ShouldBe("\"IyEvYmluL3No\"");
        Member(made, "MetadataOptions").ShouldBe("""{"HttpPutResponseHopLimit":1,"HttpTokens":"required"}""");
    }

    [Fact]
    public async Task What_one_version_declares_the_next_one_inherits()
    {
        var first = await MakeAsync(Declared);
        var next = await Stage.Templates.CreateVersionAsync(first.TemplateId, first.Number, new() { ImageId = StageWorld.OldImage }, "fleet r-2", "token-2", None);

        next.Data.ShouldBe(first.Data.Replace(StageWorld.NewImage, StageWorld.OldImage, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Tags_are_merged_with_those_of_the_source()
    {
        var first = await MakeAsync(Declared);
        var next = await Stage.Templates.CreateVersionAsync(
            first.TemplateId, first.Number, new() { ImageId = StageWorld.NewImage, Tags = ImmutableSortedDictionary<string, string>.Empty.Add("a", "b").Add("team", "shop") }, "fleet r-2", "token-2", None);

        foreach (var type in new[] { "instance", "volume" })
        {
            Tags(next, type).ShouldBe(new Dictionary<string, string>(Tags(first, type)) { ["a"] = "b", ["team"] = "shop" }, ignoreOrder: true);
        }

        TemplateComparison.Unintended(first, next, new() { ImageId = StageWorld.NewImage, Tags = ImmutableSortedDictionary<string, string>.Empty.Add("a", "b").Add("team", "shop") }).ShouldBeNull();
    }

    [Fact]
    public async Task The_same_token_with_other_changes_is_refused()
    {
        await MakeAsync(Declared);

        await Should.ThrowAsync<CloudRefusedException>(() => MakeAsync(Declared with { InstanceProfile = "others" }));
        (await Stage.Templates.VersionAsync((await GroupAsync()).TemplateId!, "$Latest", None))!.Number.ShouldBe(2);
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
