using System.Text.Json.Nodes;
using Fleet.Core.Inventory;

namespace Fleet.Contracts.Cloud;

public abstract class LaunchTemplatesContract : CloudSuite
{
    [Fact]
    public async Task A_version_is_read_by_number_and_by_alias()
    {
        var template = (await GroupAsync()).TemplateId!;

        var first = (await Stage.Templates.VersionAsync(template, "1", None)).ShouldNotBeNull();
        (first.Number, first.ImageId, first.ResolvedImageId, first.InstanceType, first.TemplateName).ShouldBe((1, StageWorld.OldImage, StageWorld.OldImage, StageWorld.InstanceType, "workers"));
        (await Stage.Templates.VersionAsync(template, "$Latest", None))!.Number.ShouldBe(1);
        (await Stage.Templates.VersionAsync(template, "$Default", None))!.Number.ShouldBe(1);
    }

    [Fact]
    public async Task What_does_not_exist_is_null()
    {
        var template = (await GroupAsync()).TemplateId!;

        (await Stage.Templates.VersionAsync(template, "7", None)).ShouldBeNull();
        (await Stage.Templates.VersionAsync("lt-0ffffffffffffffff", "1", None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_new_version_differs_from_its_source_in_the_image_alone()
    {
        var template = (await GroupAsync()).TemplateId!;
        var source = (await Stage.Templates.VersionAsync(template, "1", None))!;

        var made = await Stage.Templates.CreateVersionAsync(template, 1, StageWorld.NewImage, "fleet r-1", "token-1", None);

        (made.Number, made.ImageId, made.Description).ShouldBe((2, StageWorld.NewImage, "fleet r-1"));
        var (before, after) = (JsonNode.Parse(source.Data)!.AsObject(), JsonNode.Parse(made.Data)!.AsObject());
        before.Remove("ImageId");
        after.Remove("ImageId");
        after.ToJsonString().ShouldBe(before.ToJsonString());
        made.Data.ShouldContain(StageWorld.Snapshot);
        made.Data.ShouldContain("IyEvYmluL3No");
    }

    [Fact]
    public async Task The_same_token_gives_the_same_version()
    {
        var template = (await GroupAsync()).TemplateId!;

        var first = await Stage.Templates.CreateVersionAsync(template, 1, StageWorld.NewImage, "fleet r-1", "token-1", None);
        var again = await Stage.Templates.CreateVersionAsync(template, 1, StageWorld.NewImage, "fleet r-1", "token-1", None);

        again.Number.ShouldBe(first.Number);
        (await Stage.Templates.VersionAsync(template, "$Latest", None))!.Number.ShouldBe(2);
    }

    [Fact]
    public async Task Whether_a_version_may_be_written_is_told_without_writing_one()
    {
        var template = (await GroupAsync()).TemplateId!;

        (await Stage.Templates.MayCreateVersionAsync(template, 1, StageWorld.NewImage, None)).ShouldBeTrue();
        Stage.World.Faults.Deny("CreateLaunchTemplateVersion");
        (await Stage.Templates.MayCreateVersionAsync(template, 1, StageWorld.NewImage, None)).ShouldBeFalse();

        (await Stage.Templates.VersionAsync(template, "$Latest", None))!.Number.ShouldBe(1);
        Calls("CreateLaunchTemplateVersion").ShouldAllBe(call => !call.Writes);
    }

    [Fact]
    public async Task A_pin_names_template_and_number()
    {
        var template = (await GroupAsync()).TemplateId!;
        await Stage.Templates.CreateVersionAsync(template, 1, StageWorld.NewImage, "fleet r-1", "token-1", None);

        await Stage.Groups.PinTemplateAsync(StageWorld.Group, template, "2", None);

        (await GroupAsync()).TemplateVersion.ShouldBe("2");
        await RefusedAsync(() => Stage.Groups.PinTemplateAsync(StageWorld.Group, template, "9", None), "invalid", "autoscaling:UpdateAutoScalingGroup");
    }

    [Fact]
    public async Task An_image_given_as_a_parameter_is_resolved()
    {
        var template = (await GroupAsync()).TemplateId!;

        var made = await Stage.Templates.CreateVersionAsync(template, 1, $"resolve:ssm:{StageWorld.Parameter}", "", "token-2", None);

        (made.ImageId, made.ResolvedImageId).ShouldBe(($"resolve:ssm:{StageWorld.Parameter}", StageWorld.NewImage));
    }

    [Fact]
    public async Task An_image_is_found_by_id_by_newest_name_and_by_parameter()
    {
        (await Stage.Images.ResolveAsync(new ImageSource { Id = StageWorld.ArmImage }, None)).ShouldNotBeNull().Architecture.ShouldBe("arm64");
        (await Stage.Images.ResolveAsync(new ImageSource { Owner = "self", Name = "worker-*" }, None)).ShouldNotBeNull().Id.ShouldBe(StageWorld.NewImage);
        var image = (await Stage.Images.ResolveAsync(new ImageSource { Parameter = StageWorld.Parameter }, None)).ShouldNotBeNull();
        (image.Id, image.Name, image.State, image.Architecture).ShouldBe((StageWorld.NewImage, "worker-2", "available", "x86_64"));
    }

    [Fact]
    public async Task An_image_that_does_not_exist_is_null()
    {
        (await Stage.Images.ResolveAsync(new ImageSource { Id = "ami-0ffffffffffffffff" }, None)).ShouldBeNull();
        (await Stage.Images.ResolveAsync(new ImageSource { Owner = "self", Name = "nobody-*" }, None)).ShouldBeNull();
        (await Stage.Images.ResolveAsync(new ImageSource { Parameter = "/images/nobody" }, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Architectures_of_a_type_are_asked_for_once_and_an_unknown_type_has_none()
    {
        (await Stage.Images.ArchitecturesAsync(StageWorld.InstanceType, None)).ShouldContain("x86_64");
        (await Stage.Images.ArchitecturesAsync(StageWorld.InstanceType, None)).ShouldContain("x86_64");
        Calls("DescribeInstanceTypes").Count.ShouldBe(1);
        (await Stage.Images.ArchitecturesAsync("x9.nano", None)).ShouldBeEmpty();
    }
}
