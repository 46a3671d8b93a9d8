using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Templates;

namespace Fleet.Contracts.Cloud;

/// <summary>What every server must show of launch templates and images. Members are virtual for servers that are known to differ.</summary>
public abstract class LaunchTemplatesContract : CloudSuite
{
    /// <summary>A change of everything that can be declared.</summary>
    protected TemplateChanges Declared => new()
    {
        ImageId = Facts.NewImage,
        UserData = "#!/bin/bash\n# ü\n",
        MetadataHopLimit = 3,
        RootDevice = "/dev/xvda",
        RootVolume = new() { SizeGiB = 50, Type = "gp3" },
        InstanceProfile = "workers",
        Tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "core"),
    };

    /// <summary>A member of a version's data.</summary>
    protected static string? Member(TemplateVersion version, string name) => JsonNode.Parse(version.Data)![name]?.ToJsonString(JsonSerializerOptions.Default);

    /// <summary>The tags that a version gives to new resources of a type.</summary>
    protected static IReadOnlyDictionary<string, string> Tags(TemplateVersion version, string type) =>
        JsonNode.Parse(version.Data)!["TagSpecifications"]!.AsArray().Single(one => (string?)one!["ResourceType"] == type)!["Tags"]!.AsArray().ToDictionary(tag => (string)tag!["Key"]!, tag => (string)tag!["Value"]!);

    [Fact]
    public virtual async Task A_version_is_read_by_number_and_by_alias()
    {
        var template = (await GroupAsync()).TemplateId!;

        var first = (await Account.Templates.VersionAsync(template, "1", None)).ShouldNotBeNull();
        (first.Number, first.ImageId, first.ResolvedImageId, first.InstanceType, first.TemplateName).ShouldBe((1, Facts.OldImage, Facts.OldImage, Facts.InstanceType, Facts.TemplateName));
        (await Account.Templates.VersionAsync(template, "$Latest", None))!.Number.ShouldBe(1);
        (await Account.Templates.VersionAsync(template, "$Default", None))!.Number.ShouldBe(1);
    }

    [Fact]
    public virtual async Task What_does_not_exist_is_null()
    {
        var template = (await GroupAsync()).TemplateId!;

        (await Account.Templates.VersionAsync(template, "7", None)).ShouldBeNull();
        (await Account.Templates.VersionAsync("lt-0ffffffffffffffff", "1", None)).ShouldBeNull();
    }

    [Fact]
    public virtual async Task A_new_version_differs_from_its_source_in_the_image_alone()
    {
        var template = (await GroupAsync()).TemplateId!;
        var source = (await Account.Templates.VersionAsync(template, "1", None))!;

        var made = await Account.Templates.CreateVersionAsync(template, 1, new() { ImageId = Facts.NewImage }, "fleet r-1", "token-1", None);

        (made.Number, made.ImageId, made.Description).ShouldBe((2, Facts.NewImage, "fleet r-1"));
        var (before, after) = (JsonNode.Parse(source.Data)!.AsObject(), JsonNode.Parse(made.Data)!.AsObject());
        before.Remove("ImageId");
        after.Remove("ImageId");
        after.ToJsonString().ShouldBe(before.ToJsonString());
    }

    [Fact]
    public virtual async Task What_is_declared_is_written_beside_the_image()
    {
        var template = (await GroupAsync()).TemplateId!;

        var made = await Account.Templates.CreateVersionAsync(template, 1, Declared, "fleet r-1", "token-1", None);

        Member(made, "UserData").ShouldBe($"\"{Convert.ToBase64String("#!/bin/bash\n# ü\n"u8)}\"");
        Member(made, "IamInstanceProfile").ShouldBe("""{"Name":"workers"}""");
        Member(made, "MetadataOptions").ShouldBe("""{"HttpPutResponseHopLimit":3,"HttpTokens":"required"}""");
        Tags(made, "instance")["team"].ShouldBe("core");
        Tags(made, "volume")["team"].ShouldBe("core");
        made.Data.ShouldContain("""{"DeviceName":"/dev/xvda","Ebs":{"Encrypted":true,""");
    }

    [Fact]
    public virtual async Task The_same_token_gives_the_same_version()
    {
        var template = (await GroupAsync()).TemplateId!;

        var first = await Account.Templates.CreateVersionAsync(template, 1, new() { ImageId = Facts.NewImage }, "fleet r-1", "token-1", None);
        var again = await Account.Templates.CreateVersionAsync(template, 1, new() { ImageId = Facts.NewImage }, "fleet r-1", "token-1", None);

        again.Number.ShouldBe(first.Number);
        (await Account.Templates.VersionAsync(template, "$Latest", None))!.Number.ShouldBe(2);
    }

    [Fact]
    public virtual async Task Whether_a_version_may_be_written_is_told_without_writing_one()
    {
        var template = (await GroupAsync()).TemplateId!;

        (await Account.Templates.MayCreateVersionAsync(template, 1, Facts.NewImage, None)).ShouldBeTrue();

        (await Account.Templates.VersionAsync(template, "$Latest", None))!.Number.ShouldBe(1);
    }

    [Fact]
    public virtual async Task A_pin_names_template_and_number()
    {
        var template = (await GroupAsync()).TemplateId!;
        await Account.Templates.CreateVersionAsync(template, 1, new() { ImageId = Facts.NewImage }, "fleet r-1", "token-1", None);

        await Account.Groups.PinTemplateAsync(Facts.Group, template, "2", None);

        (await GroupAsync()).TemplateVersion.ShouldBe("2");
    }

    [Fact]
    public virtual async Task A_pin_to_a_version_that_does_not_exist_is_refused()
    {
        var template = (await GroupAsync()).TemplateId!;

        await RefusedAsync(() => Account.Groups.PinTemplateAsync(Facts.Group, template, "9", None), "invalid", "autoscaling:UpdateAutoScalingGroup");
        (await GroupAsync()).TemplateVersion.ShouldBe("1");
    }

    [Fact]
    public virtual async Task An_image_given_as_a_parameter_is_resolved()
    {
        var template = (await GroupAsync()).TemplateId!;

        var made = await Account.Templates.CreateVersionAsync(template, 1, new() { ImageId = $"resolve:ssm:{Facts.Parameter}" }, "", "token-2", None);

        (made.ImageId, made.ResolvedImageId).ShouldBe(($"resolve:ssm:{Facts.Parameter}", Facts.NewImage));
    }

    [Fact]
    public virtual async Task An_image_is_found_by_id_and_by_parameter()
    {
        (await Account.Images.ResolveAsync(new ImageSource { Id = Facts.OldImage }, None)).ShouldNotBeNull().Id.ShouldBe(Facts.OldImage);
        var image = (await Account.Images.ResolveAsync(new ImageSource { Parameter = Facts.Parameter }, None)).ShouldNotBeNull();
        (image.Id, image.State, image.Architecture).ShouldBe((Facts.NewImage, "available", "x86_64"));
    }

    [Fact]
    public virtual async Task An_image_that_does_not_exist_is_null()
    {
        (await Account.Images.ResolveAsync(new ImageSource { Id = "ami-0ffffffffffffffff" }, None)).ShouldBeNull();
        (await Account.Images.ResolveAsync(new ImageSource { Owner = "self", Name = "nobody-*" }, None)).ShouldBeNull();
        (await Account.Images.ResolveAsync(new ImageSource { Parameter = "/images/nobody" }, None)).ShouldBeNull();
    }

    [Fact]
    public virtual async Task Architectures_of_a_type_are_known_and_an_unknown_type_has_none()
    {
        (await Account.Images.ArchitecturesAsync(Facts.InstanceType, None)).ShouldContain("x86_64");
        (await Account.Images.ArchitecturesAsync("x9.nano", None)).ShouldBeEmpty();
    }
}
