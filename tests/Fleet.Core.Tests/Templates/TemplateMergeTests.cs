using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Core.Templates;

namespace Fleet.Core.Tests.Templates;

/// <summary>Changes laid over launch template data: structures are complete, and what is not declared stays.</summary>
public sealed class TemplateMergeTests
{
    private const string Source = """
        {
          "BlockDeviceMappings": [
            {"DeviceName": "/dev/xvda", "Ebs": {"DeleteOnTermination": true, "Iops": 4000, "KmsKeyId": "alias/old", "SnapshotId": "snap-1", "Throughput": 200, "VolumeSize": 40, "VolumeType": "gp3"}},
            {"DeviceName": "/dev/xvdb", "Ebs": {"SnapshotId": "snap-2", "VolumeSize": 100}}
          ],
          "IamInstanceProfile": {"Arn": "arn:aws:iam::123456789012:instance-profile/nodes/workers"},
          "ImageId": "ami-old",
          "InstanceType": "m5.large",
          "MetadataOptions": {"HttpEndpoint": "enabled", "HttpPutResponseHopLimit": 2, "HttpTokens": "optional", "InstanceMetadataTags": "enabled", "State": "applied"},
          "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "worker"}, {"Key": "team", "Value": "old"}]}],
          "UserData": "IyEvYmluL3No"
        }
        """;

    private static readonly TemplateChanges Image = new() { ImageId = "ami-new" };

    [Fact]
    public void The_image_alone_is_named_where_nothing_is_declared() => Named(Image).ShouldBe("""{"ImageId":"ami-new"}""");

    [Fact]
    public void User_data_is_coded() => Named(Image with { UserData = "#!/bin/sh" }).ShouldBe("""{"ImageId":"ami-new","UserData":"IyEvYmluL3No"}""");

    [Fact]
    public void Metadata_options_keep_what_is_not_declared() =>
        Named(Image with { MetadataHopLimit = 1 }).ShouldBe("""{"ImageId":"ami-new","MetadataOptions":{"HttpEndpoint":"enabled","HttpPutResponseHopLimit":1,"HttpTokens":"required","InstanceMetadataTags":"enabled"}}""");

    [Fact]
    public void The_root_volume_keeps_other_volumes_and_what_is_not_declared_of_it() =>
        Named(Image with { RootDevice = "/dev/xvda", RootVolume = new() { SizeGiB = 60 } }).ShouldBe(
            """{"ImageId":"ami-new","BlockDeviceMappings":[{"DeviceName":"/dev/xvda","Ebs":{"DeleteOnTermination":true,"Iops":4000,"KmsKeyId":"alias/old","Throughput":200,"VolumeSize":60,"VolumeType":"gp3","Encrypted":true}},{"DeviceName":"/dev/xvdb","Ebs":{"SnapshotId":"snap-2","VolumeSize":100}}]}""");

    [Fact]
    public void Another_type_of_volume_leaves_the_operations_of_the_old_one_behind() =>
        Named(Image with { RootDevice = "/dev/xvda", RootVolume = new() { Type = "gp2", KmsKey = "alias/new" } }).ShouldContain(
            """{"DeviceName":"/dev/xvda","Ebs":{"DeleteOnTermination":true,"KmsKeyId":"alias/new","VolumeSize":40,"VolumeType":"gp2","Encrypted":true}}""");

    [Fact]
    public void A_volume_that_is_not_encrypted_has_no_key() =>
        Named(Image with { RootDevice = "/dev/xvda", RootVolume = new() { Encrypted = false } }).ShouldNotContain("KmsKeyId");

    [Fact]
    public void A_root_volume_that_the_source_does_not_mention_comes_first() =>
        Named(Image with { RootDevice = "/dev/sda1", RootVolume = new() }).ShouldStartWith("""{"ImageId":"ami-new","BlockDeviceMappings":[{"DeviceName":"/dev/sda1","Ebs":{"Encrypted":true}},{"DeviceName":"/dev/xvda",""");

    [Fact]
    public void What_is_said_of_a_root_device_of_another_name_is_said_of_the_new_one() =>
        Named(Image with { RootDevice = "/dev/sda1", FormerRoots = Former("ami-old", "/dev/xvda") }).ShouldBe(
            """{"ImageId":"ami-new","BlockDeviceMappings":[{"DeviceName":"/dev/sda1","Ebs":{"DeleteOnTermination":true,"Iops":4000,"KmsKeyId":"alias/old","Throughput":200,"VolumeSize":40,"VolumeType":"gp3"}},{"DeviceName":"/dev/xvdb","Ebs":{"SnapshotId":"snap-2","VolumeSize":100}}]}""");

    [Fact]
    public void What_is_declared_of_it_is_laid_over_that() =>
        Named(Image with { RootDevice = "/dev/sda1", RootVolume = new() { SizeGiB = 60 }, FormerRoots = Former("ami-old", "/dev/xvda") }).ShouldContain(
            """[{"DeviceName":"/dev/sda1","Ebs":{"DeleteOnTermination":true,"Iops":4000,"KmsKeyId":"alias/old","Throughput":200,"VolumeSize":60,"VolumeType":"gp3","Encrypted":true}},{"DeviceName":"/dev/xvdb",""");

    [Theory]
    [InlineData("ami-other", "/dev/xvda")]
    [InlineData("ami-old", "/dev/nvme0n1")]
    [InlineData("ami-old", "/dev/sda1")]
    public void Nothing_is_renamed_for_another_image_or_a_device_that_is_not_mentioned(string image, string former) =>
        Named(Image with { RootDevice = "/dev/sda1", FormerRoots = Former(image, former) }).ShouldBe("""{"ImageId":"ami-new"}""");

    [Fact]
    public void A_volume_that_has_the_new_name_already_is_left_as_it_is() =>
        Named(Image with { RootDevice = "/dev/xvdb", FormerRoots = Former("ami-old", "/dev/xvda") }).ShouldBe("""{"ImageId":"ami-new"}""");

    [Theory]
    [InlineData("workers", """{"Arn":"arn:aws:iam::123456789012:instance-profile/nodes/workers"}""")]
    [InlineData("others", """{"Name":"others"}""")]
    [InlineData("arn:aws:iam::123456789012:instance-profile/others", """{"Arn":"arn:aws:iam::123456789012:instance-profile/others"}""")]
    public void A_profile_takes_the_place_of_another_one(string profile, string expected) =>
        Named(Image with { InstanceProfile = profile }).ShouldBe($$"""{"ImageId":"ami-new","IamInstanceProfile":{{expected}}}""");

    [Fact]
    public void Tags_are_merged_for_instances_and_volumes() =>
        Named(Image with { Tags = Tags(("cost", "7"), ("team", "core")) }).ShouldBe(
            """{"ImageId":"ami-new","TagSpecifications":[{"ResourceType":"instance","Tags":[{"Key":"Name","Value":"worker"},{"Key":"team","Value":"core"},{"Key":"cost","Value":"7"}]},{"ResourceType":"volume","Tags":[{"Key":"cost","Value":"7"},{"Key":"team","Value":"core"}]}]}""");

    [Fact]
    public void All_that_is_not_named_stays_as_it_is()
    {
        var merged = TemplateMerge.Of(Source, Image with { InstanceProfile = "others" });

        merged.Remove("ImageId");
        merged.Remove("IamInstanceProfile");
        var source = JsonNode.Parse(Source)!.AsObject();
        source.Remove("ImageId");
        source.Remove("IamInstanceProfile");
        JsonNode.DeepEquals(merged, source).ShouldBeTrue();
    }

    [Fact]
    public void A_token_s_digest_depends_on_every_change()
    {
        TemplateChanges[] all =
        [
            Image,
            Image with { ImageId = "ami-other" },
            Image with { UserData = "a" },
            Image with { UserData = "b" },
            Image with { MetadataHopLimit = 1 },
            Image with { MetadataHopLimit = 2 },
            Image with { RootVolume = new(), RootDevice = "/dev/xvda" },
            Image with { RootVolume = new() { Encrypted = false }, RootDevice = "/dev/xvda" },
            Image with { InstanceProfile = "a" },
            Image with { Tags = Tags(("a", "b")) },
            Image with { Tags = Tags(("a", "c")) },
        ];

        all.Select(changes => changes.Digest).ShouldBeUnique();
        (Image with { Tags = Tags(("a", "b"), ("c", "d")) }).Digest.ShouldBe((Image with { Tags = Tags(("c", "d"), ("a", "b")) }).Digest);
    }

    private static ImmutableSortedDictionary<string, string> Former(string image, string device) => ImmutableSortedDictionary<string, string>.Empty.Add(image, device);

    private static string Named(TemplateChanges changes) => TemplateMerge.Named(Source, changes).ToJsonString(System.Text.Json.JsonSerializerOptions.Default);

    private static ImmutableSortedDictionary<string, string> Tags(params (string Key, string Value)[] tags) => tags.ToImmutableSortedDictionary(tag => tag.Key, tag => tag.Value);
}
