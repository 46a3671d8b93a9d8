using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Rotations;
using Fleet.Core.Images;
using Fleet.Core.Images.Keys;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;
using Fleet.Storage;

namespace Fleet.Cli.Tests;

/// <summary><c>fleet images promote</c> over the wire, on a store of its own, judged by what two regions have in the end.</summary>
public sealed class ImagesPromoteTests
{
    private const string Home = "eu-central-1";
    private const string Away = "eu-west-1";
    private const string Version = "0123456789ab";

    [Fact]
    public async Task A_candidate_waits_for_a_person_and_is_then_in_every_region_and_named()
    {
        await using var site = await Site.OpenAsync(World(), speed: 200);
        using var shell = site.Shell();
        (await shell.RunAsync("fleet apply -f - --yes", Recipe("{approval: true}"))).ExitCode.ShouldBe(0);
        await CandidateAsync(site, shell);

        var planned = JsonNode.Parse((await shell.RunAsync("fleet images promote worker --dry-run -o json")).Output)!["plan"]!;
        ((string?)planned["version"], planned["copies"]!.ToJsonString(), (bool)planned["approval"]!).ShouldBe((Version, $"[\"{Away}\"]", true));
        Writes(site).ShouldBeEmpty();

        var stopped = await shell.RunAsync("fleet images promote worker --yes");
        stopped.ExitCode.ShouldBe(ExitCode.Stands, stopped.Error);
        Writes(site).ShouldBeEmpty("nobody has approved it");
        var run = (string)JsonNode.Parse((await shell.RunAsync("fleet runs list -o json")).Output)!["items"]![0]!["id"]!;
        (await shell.RunAsync($"fleet why {run}")).Output.ShouldContain($"'fleet runs approve {run}'");

        (await shell.RunAsync($"fleet runs approve {run} --yes")).ExitCode.ShouldBe(0);
        var promoted = await shell.RunAsync($"fleet images promote worker --version {Version} --yes");

        promoted.ExitCode.ShouldBe(0, promoted.Error + promoted.Output);
        (await shell.RunAsync("fleet images list worker")).Output.ShouldMatch($@"worker +{Version} +stable .*ami-{Version}0 \({Home}\), ami-[0-9a-f]+ \({Away}\)");
        foreach (var region in (string[])[Home, Away])
        {
            var cloud = site.Host.World.CloudIn(region);
            var image = cloud.Images.Values.Single(one => one.Name == Name);
            (image.State, image.Tags[ImageTags.Version]).ShouldBe(("available", Version));
            cloud.Parameters.Values.ToDictionary(parameter => parameter.Name, parameter => parameter.Value)
                .ShouldBe(new Dictionary<string, string> { [$"/fleet/images/worker/1.33/{Version}"] = image.Id, ["/fleet/images/worker/1.33/latest"] = image.Id }, ignoreOrder: true);
        }
    }

    [Fact]
    public async Task A_wait_is_planned_and_where_it_is_skipped_a_person_approves()
    {
        await using var site = await Site.OpenAsync(World(), speed: 200);
        using var shell = site.Shell();
        await shell.RunAsync("fleet apply -f - --yes", Recipe("{after: 2d}"));
        await CandidateAsync(site, shell);

        (await shell.RunAsync("fleet images promote worker --dry-run")).Output.ShouldContain("waits for    48 h in use\n");
        (await shell.RunAsync("fleet images promote worker --skip-soak --dry-run")).Output.ShouldContain("waits for    an approval\n");
        (await shell.RunAsync("fleet images promote worker --skip-soak --yes")).ExitCode.ShouldBe(ExitCode.Stands);
        Writes(site).ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_server_one_that_skips_the_wait_takes_the_place_of_one_that_waits()
    {
        await using var site = await Site.OpenAsync(World(), speed: 200);
        await using var served = await ServedSite.ServeAsync(site);
        await served.Shell.RunAsync("fleet apply -f - --yes", Recipe("{after: 300d}"));
        await CandidateAsync(site, served.Store);
        var waits = (await served.Shell.RunAsync("fleet images promote worker --yes")).Output.Trim().Split('\n')[^1];

        (await served.Shell.RunAsync("fleet images promote worker --skip-soak --yes")).Error.ShouldContain($"Run {waits} promotes worker/{Version} already");
        var hurries = await served.Shell.RunAsync("fleet images promote worker --skip-soak --when-under-way supersede --yes --wait");

        hurries.ExitCode.ShouldBe(ExitCode.Stands, hurries.Error);
        var runs = (await served.Shell.RunAsync("fleet runs list")).Output;
        runs.ShouldMatch($@"{waits} .* cancelled");
        runs.ShouldMatch("imagePromotion .* stopped");
        (await served.Store.RunAsync("fleet images promote worker --when-under-way queue --yes")).Error.ShouldContain("--when-under-way is a server's");
    }

    [Fact]
    public async Task What_cannot_be_promoted_is_refused_with_the_versions_there_are()
    {
        await using var site = await Site.OpenAsync(World(), speed: 200);
        using var shell = site.Shell();
        await shell.RunAsync("fleet apply -f - --yes", Recipe("{approval: true}"));
        (await shell.RunAsync("fleet images promote worker --yes")).Error.ShouldContain("recipe worker has no candidate to promote; versions: none: build one first");
        await CandidateAsync(site, shell);

        var refused = await shell.RunAsync("fleet images promote worker --version 0000deadbeef --yes");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain($"recipe worker has no version 0000deadbeef; versions: {Version} (candidate)");
        JsonNode.Parse((await shell.RunAsync("fleet runs list -o json")).Output)!["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_launches_would_fail_with_is_refused_and_its_cure_cures_it()
    {
        await using var site = await Site.OpenAsync(World(), speed: 200);
        using var shell = site.Shell();
        (await shell.RunAsync("fleet apply -f - --yes", $"{Recipe("{}")}\n  kmsKeys: {{{Home}: alias/images, {Away}: alias/images}}\n")).ExitCode.ShouldBe(0);
        await CandidateAsync(site, shell);
        var key = new EncryptionKey { Id = "1234abcd-12ab-34cd-56ef-1234567890ab", Aliases = ["alias/images"] };
        lock (site.Host.World.Gate)
        {
            site.Host.World.Cloud.Put(key);
        }

        var refused = await shell.RunAsync("fleet images promote worker --yes");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain($"spec.kmsKeys.{Home}: no launch of Auto Scaling in account 123456789012");
        refused.Error.ShouldContain($"aws kms create-grant --region {Home} --key-id arn:aws:kms:{Home}:123456789012:key/{key.Id} --grantee-principal {ScalingRole.In("123456789012", "aws")}");
        refused.Error.ShouldContain($"spec.kmsKeys.{Away}: account 123456789012 has no key alias/images in {Away}");
        Writes(site).ShouldBeEmpty();

        lock (site.Host.World.Gate)
        {
            key = key with { Grants = [new EncryptionGrant("1", ScalingRole.In("123456789012", "aws"), ScalingRole.Operations)] };
            site.Host.World.Cloud.Put(key);
            site.Host.World.CloudIn(Away).Put(key);
        }

        (await shell.RunAsync("fleet images promote worker --dry-run")).Output.ShouldContain($"key          alias/images in {Away}: arn:aws:kms:{Away}:123456789012:key/{key.Id}\n");
        (await shell.RunAsync("fleet images promote worker --yes")).ExitCode.ShouldBe(0);
    }

    private static string Name => ImageNames.Of("worker", "1.33.2", "x86_64", Version);

    /// <summary>What Fleet did to images and parameters.</summary>
    private static IEnumerable<string> Writes(Site site) => site.Writes().Where(call => call.Caller == Site.User).Select(call => $"{call.Verb} {call.Subject}");

    private static async Task CandidateAsync(Site site, Shell shell)
    {
        var world = site.Host.World;
        var record = new ImageRecord
        {
            Recipe = "worker",
            Version = Version,
            Source = Version.PadRight(64, '0'),
            Name = Name,
            Account = world.Cloud.Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Run = "build-1",
            State = ImageState.Candidate,
            Created = world.Now.AddHours(-1),
            Changed = world.Now.AddHours(-1),
            Copies = [new ImageCopy(Home, $"ami-{Version}0", [$"snap-{Version}0"])],
        };
        lock (world.Gate)
        {
            var tags = ImageTags.Of(record, new Dictionary<string, string>());
            world.Cloud.Put(new Snapshot { Id = record.Copies[0].Snapshots[0], Owner = record.Account, Started = record.Created, Tags = tags });
            world.Cloud.Put(new Image { Id = record.Copies[0].ImageId, Name = Name, Owner = record.Account, Created = record.Created, Tags = tags, Snapshots = record.Copies[0].Snapshots });
        }

        using var store = new SqliteStore(shell.StatePath);
        (await store.AddImageAsync(record, CancellationToken.None)).ShouldBeTrue();
    }

    private static string Recipe(string promotion) => $$"""
        apiVersion: fleet/v1
        kind: Recipe
        metadata: {name: worker}
        spec:
          account: "123456789012"
          template: {folder: worker}
          kubernetesVersion: 1.33.2
          base: {owners: ["136693071363"], name: debian-12-amd64-*}
          regions: [{{Home}}, {{Away}}]
          promotion: {{promotion}}
        """;

    private static WorldSpec World() => new()
    {
        Name = "images",
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
        Images = [new ImageSpec { Id = "ami-00000001" }],
        Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-00000001", InstanceType = "m5.large" }],
        Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = 1 }],
    };
}
