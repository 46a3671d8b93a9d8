using Fleet.Core.Images.Catalog;
using Fleet.Core.Images.Sweep;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;

namespace Fleet.Contracts.Cloud;

/// <summary>What only a world can show of images: calls, other regions, other users, what comes with time, and what is refused.</summary>
public abstract class ImageCatalogWorldContract : ImageCatalogContract
{
    private const string Elsewhere = "eu-west-1";

    private ICloudStage Stage => (ICloudStage)Account;

    private CloudState Cloud => Stage.World.Cloud;

    [Fact]
    public async Task A_copy_in_another_region_is_pending_for_a_while_and_bears_the_tags_with_its_snapshots()
    {
        var there = Stage.CatalogIn(Elsewhere);

        var id = await there.CopyAsync(new ImageCopyOrder { SourceRegion = Facts.Region, SourceImage = Facts.NewImage, Name = "fleet-worker", Token = "r-1", Tags = Tags }, None);

        var pending = (await there.OwnedAsync(None)).ShouldHaveSingleItem();
        (pending.Id, pending.Region, pending.State, pending.Recipe, pending.Version).ShouldBe((id, Elsewhere, "pending", "worker", Version));
        Stage.World.CloudIn(Elsewhere).Snapshots[pending.Snapshots.ShouldHaveSingleItem()].Tags.ShouldBe(Tags, ignoreOrder: true);
        (await SeenAsync(id)).ShouldBeNull("it is not in this region");
        await Stage.UntilAsync(world => world.CloudIn(Elsewhere).Images[id].State == "available");
        (await there.OwnedAsync(None)).ShouldHaveSingleItem().State.ShouldBe("available");
    }

    [Fact]
    public async Task An_account_that_an_image_is_shared_with_loses_it_when_it_is_disabled()
    {
        var id = await CopiedAsync();
        await Stage.Catalog.ShareAsync(id, ["111122223333"], None);
        Cloud.Images[id].SharedWith.ShouldBe(["111122223333"]);

        await Stage.Catalog.DisableAsync(id, None);
        Cloud.Images[id].SharedWith.ShouldBeEmpty();
        await RefusedAsync(() => Stage.Catalog.ShareAsync(id, ["111122223333"], None), "invalid", "ec2:ModifyImageAttribute");

        await Stage.Catalog.EnableAsync(id, None);
        Cloud.Images[id].SharedWith.ShouldBeEmpty("who may launch is not restored");
    }

    /// <summary>Amazon EC2, "Share an AMI with specific AWS accounts".</summary>
    [Fact]
    public async Task An_image_is_encrypted_with_the_key_of_its_snapshots_and_not_shared_where_AWS_manages_that()
    {
        var id = await CopiedAsync();
        var snapshot = (await SeenAsync(id))!.Snapshots.ShouldHaveSingleItem();
        (await Stage.Catalog.KeysOfAsync([snapshot, "snap-0ffffffffffffffff"], None)).ShouldBeEmpty();
        var key = new EncryptionKey { Id = "0a000000-0000-4000-8000-000000000003", Aliases = ["alias/aws/ebs"], Manager = "AWS" };
        lock (Stage.World.Gate)
        {
            Cloud.Put(key);
            Cloud.Put(Cloud.Snapshots[snapshot] with { KmsKey = Cloud.ArnOf(key) });
        }

        (await Stage.Catalog.KeysOfAsync([snapshot, "snap-0ffffffffffffffff"], None)).ShouldBe([Cloud.ArnOf(key)]);
        await RefusedAsync(() => Stage.Catalog.ShareAsync(id, ["111122223333"], None), "invalid", "ec2:ModifyImageAttribute");
    }

    [Fact]
    public async Task A_deprecation_in_the_past_is_refused()
    {
        var id = await CopiedAsync();

        await RefusedAsync(() => Stage.Catalog.DeprecateAsync(id, Stage.World.Now.AddMinutes(-1), None), "invalid", "ec2:EnableImageDeprecation");
        Cloud.Images[id].DeprecateAt.ShouldBeNull();
    }

    [Fact]
    public async Task A_snapshot_that_another_image_needs_is_refused_and_stays()
    {
        var id = await CopiedAsync();
        var snapshots = (await SeenAsync(id))!.Snapshots;
        lock (Stage.World.Gate)
        {
            Cloud.Put(Cloud.Images[id] with { Id = "ami-0000000000000000f", Name = "somebody's" });
        }

        (await RefusedAsync(() => Stage.Catalog.DeregisterAsync(id, snapshots, None), "invalid", "ec2:DeleteSnapshot")).Message.ShouldContain("ami-0000000000000000f");

        Cloud.Images[id].State.ShouldBe("deregistered");
        Cloud.Snapshots.Keys.ShouldContain(snapshots[0]);
    }

    [Fact]
    public async Task An_image_that_goes_leaves_no_snapshot()
    {
        var id = await CopiedAsync();

        await Stage.Catalog.DeregisterAsync(id, (await SeenAsync(id))!.Snapshots, None);

        Cloud.Snapshots.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DeregisterImage")]
    [InlineData("DeleteSnapshot")]
    [InlineData("DisableImage")]
    [InlineData("CreateTags")]
    [InlineData("EnableImageDeprecation")]
    public async Task A_verb_whose_answer_was_lost_may_be_repeated(string verb)
    {
        var id = await CopiedAsync();
        var snapshots = (await SeenAsync(id))!.Snapshots;
        Stage.World.Faults.Next(verb, WorldFaultKind.TimeoutAfterSuccess);

        await TwiceAsync(() => Stage.Catalog.TagAsync([id, .. snapshots], Tags, None));
        await TwiceAsync(() => Stage.Catalog.DeprecateAsync(id, Soon(), None));
        await TwiceAsync(() => Stage.Catalog.DisableAsync(id, None));
        await TwiceAsync(() => Stage.Catalog.DeregisterAsync(id, snapshots, None));

        (Cloud.Images[id].State, Cloud.Snapshots.Count).ShouldBe(("deregistered", 0));
    }

    [Fact]
    public async Task A_template_that_names_a_parameter_needs_what_the_parameter_holds()
    {
        await Stage.Templates.CreateVersionAsync((await GroupAsync()).TemplateId!, 1, new() { ImageId = $"resolve:ssm:{Facts.Parameter}" }, "", "token", None);

        (await Stage.Catalog.UsesAsync([], None)).ShouldContain(new ImageUse(Facts.Region, Facts.NewImage, ImageUseKind.TemplateVersion, $"{Facts.TemplateName} version 2 by parameter {Facts.Parameter}"));
    }

    [Fact]
    public async Task Warm_pools_launch_configurations_and_overrides_need_images_and_what_is_terminated_does_not()
    {
        var gone = (await GroupAsync()).Instances[0].Id;
        await Stage.Groups.TerminateAsync(gone, decrement: true, None);
        await Stage.UntilAsync(world => world.Cloud.Instances[gone].State == "terminated");
        var waiting = (await GroupAsync()).Instances[0].Id;
        lock (Stage.World.Gate)
        {
            Cloud.Put(new LaunchConfiguration("old-style", "ami-000000000000000c1"));
            Cloud.Put(Cloud.Groups["hooked"] with { WarmInstances = [waiting] });
            Cloud.Put(Cloud.Groups["hooked"] with { Name = "classic", WarmPool = false, TemplateId = null, LaunchConfiguration = "old-style" });
            Cloud.Put(Cloud.Groups["hooked"] with { Name = "mixed", WarmPool = false, MixedInstances = true, OverrideImages = ["ami-000000000000000c2"] });
        }

        var uses = await Stage.Catalog.UsesAsync([], None);

        uses.Where(use => use.Kind == ImageUseKind.Group).Select(use => (use.ImageId, use.Subject)).ShouldBe([("ami-000000000000000c1", "launch configuration old-style"), ("ami-000000000000000c2", "mixed")], ignoreOrder: true);
        uses.Single(use => use.Kind == ImageUseKind.WarmPool).Subject.ShouldBe(waiting);
        uses.ShouldNotContain(use => use.Subject == gone);
    }

    [Fact]
    public async Task What_may_not_be_read_is_refused_by_its_name()
    {
        Stage.World.Faults.Deny("DescribeLaunchTemplates");

        await RefusedAsync(() => Stage.Catalog.UsesAsync([], None), "denied", "ec2:DescribeLaunchTemplates");
    }

    [Fact]
    public async Task Images_instances_and_versions_are_read_in_bulk()
    {
        var before = Stage.World.Log.Records.Count;

        await Stage.Catalog.OwnedAsync(None);
        await Stage.Catalog.UsesAsync([Facts.ParameterPath], None);

        Stage.World.Log.Records.Skip(before).Where(call => call.Verb != "AssumeRole").Select(call => call.Verb).ShouldBe(
            ["DescribeImages", "DescribeAutoScalingGroups", "DescribeWarmPool", "DescribeInstances", "DescribeLaunchTemplates", "DescribeLaunchTemplateVersions", "GetParametersByPath"]);
    }

    protected override DateTimeOffset Soon() => new DateTimeOffset(Stage.World.Now.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero).AddMinutes(5);

    protected override Task AvailableAsync(string imageId) => Stage.UntilAsync(world => world.Cloud.Images[imageId].State == "available");

    private static async Task TwiceAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Core.Rotations.CloudRefusedException lost)
        {
            lost.Code.ShouldBe("unreachable");
        }

        await call();
    }
}
