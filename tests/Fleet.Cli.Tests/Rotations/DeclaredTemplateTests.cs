using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>A pool that declares what its machines are made from: the plan shows what a new version changes, and the rotation writes that.</summary>
public sealed class DeclaredTemplateTests : IAsyncLifetime
{
    private const string Declared = $"{SmallWorlds.Rotation}\n  template: {{instanceProfile: workers, rootVolume: {{sizeGiB: 60}}, tags: {{team: core}}}}";

    private Site _site = null!;
    private Shell _shell = null!;

    public async Task InitializeAsync()
    {
        _site = await Site.OpenAsync(SmallWorlds.Plain(2), speed: 600);
        _shell = await _site.DeclaredAsync(Declared);
    }

    public async Task DisposeAsync()
    {
        _shell.Dispose();
        await _site.DisposeAsync();
    }

    [Fact]
    public async Task The_plan_shows_the_difference_before_anything_is_written()
    {
        var before = _site.Writes().Count;

        var ran = await _shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --dry-run");

        ran.ExitCode.ShouldBe(0, ran.Error);
        ran.Output.ShouldContain("2 of 2 instances are outdated");
        ran.Output.ShouldContain("(was ami-00000001) and what the pool declares, pinned by number");
        ran.Output.ShouldContain("from version 1:\n");
        ran.Output.ShouldContain("""
              MetadataOptions.HttpTokens: (not set) -> required
              MetadataOptions.HttpPutResponseHopLimit: (not set) -> 1
              BlockDeviceMappings./dev/xvda.Ebs.Encrypted: (not set) -> true
              BlockDeviceMappings./dev/xvda.Ebs.VolumeSize: (not set) -> 60
              IamInstanceProfile.Name: (not set) -> workers
              TagSpecifications.instance.Tags.team: (not set) -> core
              TagSpecifications.volume.Tags.team: (not set) -> core
            """);
        _site.Writes().Count.ShouldBe(before);
    }

    [Fact]
    public async Task The_plan_shows_it_as_JSON()
    {
        var ran = await _shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.New} --dry-run -o json");

        var version = JsonNode.Parse(ran.Output)!["plan"]!["templates"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)version["source"]!, (int?)version["version"], (string)version["groups"]![0]!).ShouldBe((1, null, "workers"));
        JsonNode.DeepEquals(version["differences"]![0], JsonNode.Parse($$"""{"field": "ImageId", "before": "{{SmallWorlds.Old}}", "after": "{{SmallWorlds.New}}", "lines": []}""")).ShouldBeTrue(version.ToJsonString());
    }

    [Fact]
    public async Task The_rotation_writes_what_was_shown_and_a_second_one_has_nothing_to_do()
    {
        (await _shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --yes")).ExitCode.ShouldBe(0);

        lock (_site.Host.World.Gate)
        {
            var version = _site.Host.World.Cloud.Templates.Values.Single().Versions[2];
            ((string?)version.Data["IamInstanceProfile"]!["Name"], (string?)version.Data["MetadataOptions"]!["HttpTokens"]).ShouldBe(("workers", "required"));
            _site.Host.World.Cloud.Members("workers").Count(one => one.TemplateVersion == 2).ShouldBe(2);
        }

        var again = await _shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --dry-run");
        again.Output.ShouldContain("0 of 2 instances are outdated");
    }

    [Fact]
    public async Task The_plan_to_a_version_that_exists_shows_its_difference()
    {
        (await _shell.RunAsync($"fleet rotate site/workers --image {SmallWorlds.Old} --yes")).ExitCode.ShouldBe(0);

        var text = await _shell.RunAsync("fleet rotate site/workers --template-version 1 --dry-run");
        var json = await _shell.RunAsync("fleet rotate site/workers --template-version 1 --dry-run -o json");

        text.Output.ShouldContain("in the place of version 2:\n");
        text.Output.ShouldContain("  IamInstanceProfile.Name: workers -> (not set)\n");
        var version = JsonNode.Parse(json.Output)!["plan"]!["templates"]!.AsArray().ShouldHaveSingleItem()!;
        ((int)version["source"]!, (int)version["version"]!).ShouldBe((2, 1));
    }

    [Fact]
    public async Task User_data_that_cannot_be_rendered_is_refused_before_the_plan()
    {
        var text = await _site.DocumentAsync("workers", $"{SmallWorlds.Rotation}\n  template: {{userData: worker}}");
        var ran = await _shell.RunAsync(["apply", "-f", _shell.Write("pool.yaml", text), "--yes"]);

        ran.ExitCode.ShouldBe(2);
        ran.Error.ShouldContain("spec.template.userData is worker, but cluster site does not say how nodes join it; declare its spec.join");
    }
}
