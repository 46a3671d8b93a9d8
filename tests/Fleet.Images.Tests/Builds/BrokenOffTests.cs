using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Fleet.Images.Tests.Builds;

/// <summary>Builds that end while they wait for a machine which never answers.</summary>
public sealed class BrokenOffTests(BuildSite site) : IClassFixture<BuildSite>
{
    /// <summary>Nothing listens there.</summary>
    private const int ClosedPort = 9;

    [Fact]
    public async Task What_a_killed_build_has_made_is_found_by_tag_and_by_name()
    {
        var run = await BreakOffAsync(packer => packer.Kill(entireProcessTree: true));

        var instance = (await InstancesAsync(run)).ShouldHaveSingleItem();
        instance["State"]!["Name"]!.GetValue<string>().ShouldBe("running");
        Tags(instance).ShouldContainKeyAndValue("fleet:recipe", "worker");
        Tags(instance).ShouldContainKeyAndValue("fleet:version", "1.34.2-4f1c2d3e");
        var keys = (await site.AskAsync("describe-key-pairs"))["KeyPairs"]!.AsArray();
        keys.ShouldContain(key => key!["KeyName"]!.GetValue<string>() == $"fleet-{run}");
        var group = instance["SecurityGroups"]!.AsArray().Concat(instance["NetworkInterfaces"]![0]!["Groups"]!.AsArray()).First()!["GroupId"]!.GetValue<string>();
        var described = (await site.AskAsync("describe-security-groups", "--group-ids", group))["SecurityGroups"]![0]!;
        described["GroupName"]!.GetValue<string>().ShouldStartWith("packer_");
        described["Description"]!.GetValue<string>().ShouldBe("Temporary group for Packer");
    }

    [Fact]
    public async Task The_machine_of_a_killed_build_has_the_declared_root_device_and_ends_itself()
    {
        var run = await BreakOffAsync(packer => packer.Kill(entireProcessTree: true));

        var instance = (await InstancesAsync(run)).ShouldHaveSingleItem();
        var mapping = instance["BlockDeviceMappings"]!.AsArray().ShouldHaveSingleItem()!;
        mapping["DeviceName"]!.GetValue<string>().ShouldBe("/dev/sda1");
        var volume = (await site.AskAsync("describe-volumes", "--volume-ids", mapping["Ebs"]!["VolumeId"]!.GetValue<string>()))["Volumes"]![0]!;
        volume["VolumeType"]!.GetValue<string>().ShouldBe("gp3");
        Tags(volume).ShouldContainKeyAndValue("fleet:run", run);
        volume["Size"]!.GetValue<int>().ShouldBe(30);
        volume["Encrypted"]!.GetValue<bool>().ShouldBeTrue();
        var data = await AttributeAsync(instance, "userData", "UserData");
        Encoding.UTF8.GetString(Convert.FromBase64String(data)).ShouldBe("#!/bin/sh\nshutdown -P +120\n");
        (await AttributeAsync(instance, "instanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior")).ShouldBe("terminate");
    }

    [Fact]
    public async Task A_cancelled_build_takes_away_what_it_has_made()
    {
        // packer's parent process alone, not those of its plugins.
        var run = await BreakOffAsync(packer => Process.Start("kill", ["-TERM", $"{packer.Id}"]).Dispose());

        (await InstancesAsync(run)).ShouldAllBe(instance => instance["State"]!["Name"]!.GetValue<string>() == "terminated");
        (await site.AskAsync("describe-key-pairs"))["KeyPairs"]!.AsArray().ShouldNotContain(key => key!["KeyName"]!.GetValue<string>() == $"fleet-{run}");
    }

    /// <summary>Begins a build, ends it once it waits for SSH, and waits until it has ended.</summary>
    private async Task<string> BreakOffAsync(Action<Process> end)
    {
        var folder = Directory.CreateTempSubdirectory("fleet-packer-");
        var variables = site.Worker();
        var run = site.Prepare(variables, ClosedPort);
        using var packer = Packer.Start("worker", "debian-12", variables, folder);
        while (await packer.StandardOutput.ReadLineAsync() is { } line && !line.Contains("Waiting for SSH", StringComparison.Ordinal))
        {
        }

        end(packer);
        await packer.StandardOutput.ReadToEndAsync();
        await packer.WaitForExitAsync();
        folder.Delete(recursive: true);
        return run;
    }

    private async Task<IEnumerable<JsonNode>> InstancesAsync(string run) =>
        (await site.AskAsync("describe-instances", "--filters", $"Name=tag:fleet:run,Values={run}"))["Reservations"]!.AsArray().Select(reservation => reservation!["Instances"]![0]!);

    private async Task<string> AttributeAsync(JsonNode instance, string attribute, string answer) =>
        (await site.AskAsync("describe-instance-attribute", "--instance-id", instance["InstanceId"]!.GetValue<string>(), "--attribute", attribute))[answer]!["Value"]!.GetValue<string>();

    private static Dictionary<string, string> Tags(JsonNode of) => of["Tags"]!.AsArray().ToDictionary(tag => tag!["Key"]!.GetValue<string>(), tag => tag!["Value"]!.GetValue<string>());
}
