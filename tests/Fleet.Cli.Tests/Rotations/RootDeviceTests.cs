using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>An image whose root device has another name than the old one's.</summary>
public class RootDeviceTests
{
    [Fact]
    public async Task What_the_template_says_of_the_old_root_device_is_said_of_the_new_one()
    {
        var plain = SmallWorlds.Plain(2);
        await using var site = await Site.OpenAsync(plain with { Images = [.. plain.Images.Select(image => image.Id == SmallWorlds.New ? image with { RootDevice = "/dev/sda1" } : image)] }, speed: 600);
        using var shell = await site.DeclaredAsync(SmallWorlds.Rotation);
        var template = site.Host.World.Cloud.Templates.Values.Single();
        var written = () => site.Host.World.Cloud.Templates.Values.Single().Versions[2].Data["BlockDeviceMappings"];
        lock (site.Host.World.Gate)
        {
            template.Versions[1].Data["BlockDeviceMappings"] = JsonNode.Parse("""[{"DeviceName": "/dev/xvda", "Ebs": {"VolumeSize": 60, "KmsKeyId": "alias/workers", "Encrypted": true}}]""");
        }

        var plan = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.New} --dry-run");
        var ran = await shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.New} --yes");

        plan.Output.ShouldContain("BlockDeviceMappings./dev/sda1.Ebs.VolumeSize: (not set) -> 60");
        plan.Output.ShouldContain("BlockDeviceMappings./dev/xvda.Ebs.VolumeSize: 60 -> (not set)");
        ran.ExitCode.ShouldBe(0, ran.Output + ran.Error);
        JsonNode.DeepEquals(written(), JsonNode.Parse("""[{"DeviceName": "/dev/sda1", "Ebs": {"VolumeSize": 60, "KmsKeyId": "alias/workers", "Encrypted": true}}]""")).ShouldBeTrue($"{written()}");
    }
}
