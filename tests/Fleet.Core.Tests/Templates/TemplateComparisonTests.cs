using System.Collections.Immutable;
using Fleet.Core.Templates;

namespace Fleet.Core.Tests.Templates;

/// <summary>Whether a version is already as declared, and whether a new one came out as meant.</summary>
public sealed class TemplateComparisonTests
{
    private const string Data = """
        {
          "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true, "SnapshotId": "snap-1", "VolumeSize": 40}}],
          "IamInstanceProfile": {"Name": "workers"},
          "ImageId": "ami-new",
          "MetadataOptions": {"HttpEndpoint": "enabled", "HttpPutResponseHopLimit": 1, "HttpTokens": "required", "State": "applied"},
          "TagSpecifications": [{"ResourceType": "volume", "Tags": [{"Key": "team", "Value": "core"}]}, {"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "core"}, {"Key": "Name", "Value": "w"}]}],
          "UserData": "IyEvYmlu\nL3No"
        }
        """;

    private static readonly TemplateChanges All = new()
    {
        ImageId = "ami-new",
        UserData = "#!/bin/sh",
        MetadataHopLimit = 1,
        RootDevice = "/dev/xvda",
        RootVolume = new() { SizeGiB = 40 },
        InstanceProfile = "workers",
        Tags = ImmutableSortedDictionary<string, string>.Empty.Add("team", "core"),
    };

    [Fact]
    public void A_version_that_has_all_of_it_needs_no_other() => TemplateComparison.Has(Version(Data), All).ShouldBeTrue();

    public static TheoryData<string> Lacking => ["image", "user data", "hops", "volume", "profile", "tag", "another tag"];

    [Theory]
    [MemberData(nameof(Lacking))]
    public void A_version_that_lacks_one_thing_does_not_do(string what) => TemplateComparison.Has(Version(Data), what switch
    {
        "image" => All with { ImageId = "ami-other" },
        "user data" => All with { UserData = "#!/bin/sh\n" },
        "hops" => All with { MetadataHopLimit = 2 },
        "volume" => All with { RootVolume = new() { SizeGiB = 41 } },
        "profile" => All with { InstanceProfile = "others" },
        "tag" => All with { Tags = All.Tags.SetItem("team", "") },
        _ => All with { Tags = All.Tags.Add("cost", "7") },
    }).ShouldBeFalse();

    [Fact]
    public void What_AWS_orders_and_fills_in_as_it_likes_is_no_difference()
    {
        var read = """
            {
              "BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"Encrypted": true, "SnapshotId": "snap-9", "VolumeSize": 40}}],
              "IamInstanceProfile": {"Name": "workers"},
              "ImageId": "ami-new",
              "MetadataOptions": {"HttpProtocolIpv6": "disabled", "HttpPutResponseHopLimit": 1, "HttpTokens": "required", "InstanceMetadataTags": "disabled", "State": "pending"},
              "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "w"}, {"Key": "team", "Value": "core"}]}, {"ResourceType": "volume", "Tags": [{"Key": "team", "Value": "core"}]}],
              "UserData": "IyEvYmluL3No"
            }
            """;

        TemplateComparison.Unintended(Version(Data.Replace("ami-new", "ami-old")), Version(read), All).ShouldBeNull();
    }

    [Theory]
    [InlineData("\"required\"", "\"optional\"", "MetadataOptions.HttpTokens differs")]
    [InlineData("\"HttpEndpoint\": \"enabled\"", "\"HttpEndpoint\": \"disabled\"", "MetadataOptions.HttpEndpoint was added")]
    [InlineData("\"Encrypted\": true,", "", "BlockDeviceMappings./dev/xvda.Ebs.Encrypted was dropped")]
    [InlineData(", {\"Key\": \"Name\", \"Value\": \"w\"}", "", "TagSpecifications.instance.Tags.Name was dropped")]
    [InlineData("IyEvYmlu\\nL3No", "c2VjcmV0", "UserData differs")]
    [InlineData("\"ami-new\"", "\"ami-old\"", "ImageId is ami-old, not ami-new")]
    public void What_did_not_come_out_as_meant_is_named_without_its_value(string right, string wrong, string expected) =>
        TemplateComparison.Unintended(Version(Data), Version(Data.Replace(right, wrong)), All).ShouldBe(expected);

    private static TemplateVersion Version(string data) => new()
    {
        TemplateId = "lt-1",
        Number = 1,
        ImageId = data.Contains("ami-new", StringComparison.Ordinal) ? "ami-new" : "ami-old",
        ResolvedImageId = data.Contains("ami-new", StringComparison.Ordinal) ? "ami-new" : "ami-old",
        Data = data,
    };
}
