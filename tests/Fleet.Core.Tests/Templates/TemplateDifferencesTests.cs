using System.Text;
using Fleet.Core.Templates;

namespace Fleet.Core.Tests.Templates;

/// <summary>What a person sees of a version before it is written.</summary>
public sealed class TemplateDifferencesTests
{
    private static readonly TemplateChanges Image = new() { ImageId = "ami-new" };

    [Fact]
    public void Every_field_is_named_with_its_old_and_its_new_value() =>
        TemplateDifferences.Of(
            Version("""
                {"BlockDeviceMappings": [{"DeviceName": "/dev/xvda", "Ebs": {"SnapshotId": "snap-1", "VolumeSize": 40}}], "IamInstanceProfile": {"Name": "old"}, "ImageId": "ami-old",
                 "MetadataOptions": {"HttpTokens": "optional"}, "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "team", "Value": "shop"}]}]}
                """),
            Image with { MetadataHopLimit = 1, RootDevice = "/dev/xvda", RootVolume = new() { SizeGiB = 60 }, InstanceProfile = "arn:aws:iam::1:instance-profile/new", Tags = Image.Tags.Add("team", "core") })
            .Select(difference => difference.ToString()).ShouldBe(
            [
                "BlockDeviceMappings./dev/xvda.Ebs.VolumeSize: 40 -> 60",
                "BlockDeviceMappings./dev/xvda.Ebs.Encrypted: (not set) -> true",
                "IamInstanceProfile.Name: old -> (not set)",
                "IamInstanceProfile.Arn: (not set) -> arn:aws:iam::1:instance-profile/new",
                "ImageId: ami-old -> ami-new",
                "MetadataOptions.HttpTokens: optional -> required",
                "MetadataOptions.HttpPutResponseHopLimit: (not set) -> 1",
                "TagSpecifications.instance.Tags.team: shop -> core",
                "TagSpecifications.volume.Tags.team: (not set) -> core",
            ]);

    [Fact]
    public void Nothing_is_named_where_all_is_so_already() => TemplateDifferences.Of(Version("""{"ImageId": "ami-new"}"""), Image).ShouldBeEmpty();

    [Fact]
    public void User_data_is_shown_by_the_lines_that_differ_with_two_around_them()
    {
        var before = string.Join('\n', Enumerable.Range(1, 20).Select(number => $"line {number}"));

        var difference = Of(before, before.Replace("line 5\n", "line five\n").Replace("line 18\n", ""));

        difference.Before.ShouldNotBeNull().ShouldMatch("^sha256 [0-9a-f]{12}, 150 bytes$");
        difference.After.ShouldNotBe(difference.Before);
        difference.Lines.ShouldBe(
        [
            "@@ -3 +3 @@", " line 3", " line 4", "-line 5", "+line five", " line 6", " line 7",
            "@@ -16 +16 @@", " line 16", " line 17", "-line 18", " line 19", " line 20",
        ]);
    }

    [Fact]
    public void User_data_that_differs_in_too_many_lines_is_shown_by_its_digest_alone()
    {
        var difference = Of(string.Join('\n', Enumerable.Range(1, 40)), string.Join('\n', Enumerable.Range(1, 40).Select(number => -number)));

        difference.Lines.ShouldBeEmpty();
        difference.Before.ShouldNotBeNull().ShouldStartWith("sha256 ");
    }

    [Fact]
    public void User_data_that_is_no_text_is_shown_by_its_digest_alone()
    {
        var difference = TemplateDifferences.Of(Version($$"""{"ImageId": "ami-new", "UserData": "{{Convert.ToBase64String([0x1f, 0x8b, 0xff, 0xfe])}}"}"""), Image with { UserData = "#!/bin/sh" }).ShouldHaveSingleItem();

        difference.Before.ShouldNotBeNull().ShouldStartWith("sha256 ");
    }

    [Theory]
    [InlineData("kubeadm join --token abcdef.0123456789abcdef api:6443", "abcdef.0123456789abcdef")]
    [InlineData("  token: abcdef.0123456789abcdef", "abcdef")]
    [InlineData("export DB_PASSWORD=hunter2", "hunter2")]
    [InlineData("password: \"two words\"", "words")]
    [InlineData("curl https://me:hunter2@example.com/x", "hunter2")]
    [InlineData("AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE")]
    [InlineData("x=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI")]
    [InlineData("MIIEpAIBAAKCAQEA1c7+9z5Pad7OejecsQ0buVzZ4", "MIIEpAIBAAKCAQEA")]
    [InlineData("Authorization: Bearer abcdefgh", "Bearer")]
    public void What_looks_like_a_secret_in_the_old_user_data_is_masked(string line, string secret)
    {
        var difference = Of($"#!/bin/sh\n{line}\necho done\n", "#!/bin/sh\necho done\n");

        var gone = difference.Lines.Single(shown => shown.StartsWith('-'));
        gone.ShouldContain("(masked)");
        gone.ShouldNotContain(secret);
        string.Join('\n', difference.Lines).ShouldContain(" echo done");
    }

    [Fact]
    public void What_looks_like_a_secret_elsewhere_is_masked_too() =>
        TemplateDifferences.Of(
            Version("""{"ImageId": "ami-new", "TagSpecifications": [{"ResourceType": "instance", "Tags": [{"Key": "a", "Value": "abcdef.0123456789abcdef"}]}, {"ResourceType": "volume", "Tags": [{"Key": "a", "Value": "b"}]}]}"""),
            Image with { Tags = Image.Tags.Add("a", "b") })
            .ShouldHaveSingleItem().ToString().ShouldBe("TagSpecifications.instance.Tags.a: (masked) -> b");

    private static TemplateDifference Of(string before, string after) =>
        TemplateDifferences.Of(Version($$"""{"ImageId": "ami-new", "UserData": "{{Convert.ToBase64String(Encoding.UTF8.GetBytes(before))}}"}"""), Image with { UserData = after }).ShouldHaveSingleItem();

    private static TemplateVersion Version(string data) => new() { TemplateId = "lt-1", Number = 1, Data = data };
}
