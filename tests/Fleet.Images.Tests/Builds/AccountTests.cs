using System.Text.Json.Nodes;

namespace Fleet.Images.Tests.Builds;

/// <summary>What builds have made in the account, read back with the aws command.</summary>
[Collection(nameof(BuiltImages))]
public sealed class AccountTests(BuiltImages images)
{
    [Fact]
    public async Task Image_and_snapshot_bear_recipe_version_run_and_parent()
    {
        var image = await DescribeAsync(images.SparkBuild);
        var snapshot = image["BlockDeviceMappings"]!.AsArray().Select(mapping => mapping!["Ebs"]?["SnapshotId"]?.GetValue<string>()).First(id => id is not null)!;
        var tagged = (await images.Site.AskAsync("describe-snapshots", "--snapshot-ids", snapshot))["Snapshots"]![0]!;

        foreach (var tags in new[] { Tags(image), Tags(tagged) })
        {
            tags["fleet:recipe"].ShouldBe("spark");
            tags["fleet:version"].ShouldBe("1.34.2-4f1c2d3e");
            tags["fleet:run"].ShouldBe(images.SparkBuild.Run);
            tags["fleet:parent"].ShouldBe(BuildSite.BaseImage);
        }

        image["Name"]!.GetValue<string>().ShouldBe($"fleet-spark-1.34.2-4f1c2d3e-{images.SparkBuild.Run}");
    }

    [Fact]
    public void The_manifest_says_for_whom_the_image_was_built()
    {
        var build = images.WorkerBuild.Manifest!["builds"]![0]!;

        build["custom_data"]!["fleet:run"]!.GetValue<string>().ShouldBe(images.WorkerBuild.Run);
        build["artifact_id"]!.GetValue<string>().ShouldBe($"eu-west-1:{images.WorkerBuild.Image}");
        images.WorkerBuild.Output.ShouldContain($"artifact,0,id,eu-west-1:{images.WorkerBuild.Image}");
    }

    [Fact]
    public async Task Nothing_but_images_and_snapshots_is_left()
    {
        var instances = (await images.Site.AskAsync("describe-instances"))["Reservations"]!.AsArray().Select(reservation => reservation!["Instances"]![0]!);

        instances.ShouldAllBe(instance => instance["State"]!["Name"]!.GetValue<string>() == "terminated");
        (await images.Site.AskAsync("describe-key-pairs"))["KeyPairs"]!.AsArray().ShouldBeEmpty();
        (await images.Site.AskAsync("describe-security-groups", "--filters", "Name=group-name,Values=packer_*"))["SecurityGroups"]!.AsArray().ShouldBeEmpty();
        (await images.Site.AskAsync("describe-volumes"))["Volumes"]!.AsArray().ShouldBeEmpty();
    }

    private async Task<JsonNode> DescribeAsync(Built built) => (await images.Site.AskAsync("describe-images", "--image-ids", built.Image))["Images"]![0]!;

    private static Dictionary<string, string> Tags(JsonNode of) => of["Tags"]!.AsArray().ToDictionary(tag => tag!["Key"]!.GetValue<string>(), tag => tag!["Value"]!.GetValue<string>());
}
