using System.Text.Json.Nodes;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Tests.Cloud;

public sealed class TemplateTests
{
    [Fact(DisplayName = "Set a numeric template version on the group; $Latest/$Default is re-read behind your back")]
    public void Latest_moves_and_a_number_does_not()
    {
        var world = new CloudWorld(with: group => group with { TemplateVersion = "$Latest" });
        world.Cloud.Put(world.Settings with { Name = "pinned", TemplateVersion = "1", Min = 1, Desired = 1 });
        world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-new"), "1");
        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Api.SetDesiredCapacity("pinned", 2);
        world.Settle();
        world.InService.Select(instance => instance.ImageId).ShouldBe(["ami-old", "ami-old", "ami-old", "ami-new"]);
        world.Cloud.Members("pinned").ShouldAllBe(instance => instance.ImageId == "ami-old" && instance.TemplateVersion == 1);
    }

    [Fact(DisplayName = "and a new version moves $Latest for every other group on that template")]
    public void Every_group_on_latest_moves()
    {
        var world = new CloudWorld();
        world.Cloud.Put(world.Settings with { Name = "other", TemplateVersion = "$Latest", Min = 0, Desired = 0 });
        world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-new"), "1");
        world.Api.SetDesiredCapacity("other", 1);
        world.Settle();
        world.Cloud.Members("other").ShouldHaveSingleItem().TemplateVersion.ShouldBe(2);
    }

    [Fact(DisplayName = "an image given as resolve:ssm: changes without a new version")]
    public void A_parameter_changes_the_image()
    {
        var world = new CloudWorld(min: 1);
        world.Api.PutParameter("/images/worker", "ami-old", "String", overwrite: false);
        world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("resolve:ssm:/images/worker"));
        world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, TemplateId = world.Template, TemplateVersion = "2" });
        world.Api.SetDesiredCapacity(CloudWorld.Group, 4);
        world.Settle();
        world.Api.PutParameter("/images/worker", "ami-new", null, overwrite: true);
        world.Api.SetDesiredCapacity(CloudWorld.Group, 5);
        world.Settle();
        world.InService.Where(instance => instance.TemplateVersion == 2).Select(instance => instance.ImageId).ShouldBe(["ami-old", "ami-new"]);
        world.Api.DescribeLaunchTemplateVersions(world.Template, null, ["2"]).Items[0].ImageId.ShouldBe("resolve:ssm:/images/worker");
        world.Api.DescribeLaunchTemplateVersions(world.Template, null, ["2"], resolveAlias: true).Items[0].ImageId.ShouldBe("ami-new");
    }

    [Fact(DisplayName = "CreateLaunchTemplateVersion with SourceVersion copies what is not given, except snapshots in block device mappings, which are dropped unless given again")]
    public void A_source_version_is_copied_without_snapshots()
    {
        var world = new CloudWorld();
        var data = JsonNode.Parse("""{"ImageId":"ami-old","UserData":"Zm9v","MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":1},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"SnapshotId":"snap-1","VolumeSize":80}}]}""")!.AsObject();
        world.Api.CreateLaunchTemplateVersion(world.Template, null, data);
        var copy = world.Api.CreateLaunchTemplateVersion(world.Template, null, new JsonObject { ["ImageId"] = "ami-new" }, sourceVersion: "2");
        copy.Number.ShouldBe(3);
        copy.Data.ToJsonString().ShouldBe("""{"ImageId":"ami-new","UserData":"Zm9v","MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":1},"BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"VolumeSize":80}}]}""");
        data["ImageId"] = "ami-changed-by-the-caller";
        world.Cloud.Templates[world.Template].Versions[2].ImageId.ShouldBe("ami-old");
    }

    [Fact(DisplayName = "do not rely on deep merge: read the version back, compare")]
    public void A_given_member_replaces_the_whole_member()
    {
        var world = new CloudWorld();
        world.Api.CreateLaunchTemplateVersion(world.Template, null, JsonNode.Parse("""{"ImageId":"ami-old","MetadataOptions":{"HttpTokens":"required","HttpPutResponseHopLimit":1}}""")!.AsObject());
        var copy = world.Api.CreateLaunchTemplateVersion(world.Template, null, JsonNode.Parse("""{"MetadataOptions":{"HttpTokens":"optional"}}""")!.AsObject(), "2");
        copy.Data["MetadataOptions"]!.ToJsonString().ShouldBe("""{"HttpTokens":"optional"}""");
    }

    [Fact(DisplayName = "Versions are immutable and numbered by AWS; ClientToken makes the call idempotent")]
    public void A_token_gives_the_same_version()
    {
        var world = new CloudWorld();
        var first = world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-new"), "1", clientToken: "t-1");
        world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-new"), "1", clientToken: "t-1").ShouldBe(first);
        CloudWorld.Refused(() => world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-old"), "1", clientToken: "t-1")).Code.ShouldBe("IdempotentParameterMismatch");
        world.Api.DeleteLaunchTemplateVersions(world.Template, null, ["2"]).ShouldBe([("2", null)]);
        world.Api.CreateLaunchTemplateVersion(world.Template, null, CloudWorld.Data("ami-new"), "1").Number.ShouldBe(3);
    }

    [Fact(DisplayName = "Unknown templates, versions and images are refused with AWS's codes")]
    public void Refusals()
    {
        var world = new CloudWorld();
        CloudWorld.Refused(() => world.Api.DescribeLaunchTemplateVersions("lt-1", null)).Code.ShouldBe("InvalidLaunchTemplateId.NotFound");
        CloudWorld.Refused(() => world.Api.DescribeLaunchTemplateVersions(world.Template, null, ["9"])).Code.ShouldBe("InvalidLaunchTemplateId.VersionNotFound");
        CloudWorld.Refused(() => world.Api.CreateLaunchTemplate("worker", CloudWorld.Data("ami-old"))).Code.ShouldBe("InvalidLaunchTemplateName.AlreadyExistsException");
        CloudWorld.Refused(() => world.Api.UpdateAutoScalingGroup(new GroupUpdate { Name = CloudWorld.Group, TemplateId = world.Template, TemplateVersion = "9" })).Message
            .ShouldBe($"You must use a valid fully-formed launch template. Could not find the specified version 9 for the launch template with ID {world.Template}.");
        CloudWorld.Refused(() => world.Api.DescribeImages(["ami-old", "ami-gone"])).Code.ShouldBe("InvalidAMIID.NotFound");
        CloudWorld.Refused(() => world.Api.DescribeInstances(["i-00000000000000000"])).Code.ShouldBe("InvalidInstanceID.NotFound");
        CloudWorld.Refused(() => world.Api.GetParameter("/none")).Code.ShouldBe("ParameterNotFound");
    }
}
