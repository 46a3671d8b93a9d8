using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Rotations;
using Fleet.Core.Images;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;
using Fleet.Storage;

namespace Fleet.Cli.Tests;

/// <summary><c>fleet images gc</c> over the wire, on a store of its own and on a server.</summary>
public sealed class ImagesGcTests
{
    private const string Region = "eu-central-1";

    private const string Recipe = Documents.Worker + "  retention: {keep: 1}\n";

    [Fact]
    public async Task It_lists_why_each_image_stays_or_goes_and_with_apply_takes_the_next_step()
    {
        await using var site = await Site.OpenAsync(World(), speed: 1);
        using var shell = site.Shell();
        (await shell.RunAsync("fleet apply -f - --yes", Recipe)).ExitCode.ShouldBe(0);
        var (old, used, newest) = (await MadeAsync(site, shell, 100), await MadeAsync(site, shell, 90), await MadeAsync(site, shell, 30));
        new CloudApi(site.Host.World, "somebody").CreateLaunchTemplate("spare", new JsonObject { ["ImageId"] = used.Copies[0].ImageId });

        var listed = await shell.RunAsync("fleet images gc");

        listed.ExitCode.ShouldBe(0, listed.Error);
        listed.Output.ShouldMatch($@"worker +{old.Version} +stable +deprecate +nothing needs it");
        listed.Output.ShouldMatch($@"worker +{used.Version} +stable +stays +launch template spare version 1 in {Region} needs {used.Copies[0].ImageId}");
        listed.Output.ShouldMatch($@"worker +{newest.Version} +stable +stays +it is one of the newest 1 versions for Kubernetes 1.33; 1 more");
        Writes(site).ShouldBeEmpty("it only lists");
        var tree = await shell.RunAsync("fleet images tree");
        tree.Output.ShouldMatch($@"{used.Version} .*\n    launch template spare version 1 in {Region} needs {used.Copies[0].ImageId}\n  {newest.Version} .*\n$", tree.Error);
        (await shell.RunAsync("fleet images tree -o json")).Output.ShouldContain("\"code\": \"image-in-use\"");
        (await shell.RunAsync("fleet images tree --lineage-only")).Output.ShouldNotContain("spare");

        var applied = await shell.RunAsync("fleet images gc --apply --yes");

        applied.ExitCode.ShouldBe(0, applied.Error);
        applied.Output.ShouldMatch($@"\ARECIPE +VERSION +STATE +DONE +WHY\nworker +{old.Version} +stable +deprecate +nothing needs it\n\z");
        Writes(site).ShouldBe([$"EnableImageDeprecation {old.Copies[0].ImageId}"]);
        (await shell.RunAsync("fleet images gc")).Output.ShouldMatch($@"{old.Version} +deprecated +stays +nothing needs it; it is deprecated and will be disabled from");
    }

    [Fact]
    public async Task Without_consent_nothing_is_touched()
    {
        await using var site = await Site.OpenAsync(World(), speed: 1);
        using var shell = site.Shell();
        await shell.RunAsync("fleet apply -f - --yes", Recipe);
        var (old, _) = (await MadeAsync(site, shell, 100), await MadeAsync(site, shell, 30));

        (await shell.RunAsync("fleet images gc --apply")).ExitCode.ShouldBe(2);
        var dry = JsonNode.Parse((await shell.RunAsync("fleet images gc --apply --dry-run -o json")).Output)!["items"]!.AsArray();

        dry.Select(item => $"{item!["version"]} {item["state"]} {item["step"]} {item["reasons"]![0]!["code"]}").First().ShouldBe($"{old.Version} stable deprecate image-unneeded");
        Writes(site).ShouldBeEmpty();
    }

    [Fact]
    public async Task On_a_server_it_shows_the_same_and_orders_one_run_that_does_the_same()
    {
        await using var site = await Site.OpenAsync(World(), speed: 1);
        await using var served = await ServedSite.ServeAsync(site);
        (await served.Shell.RunAsync("fleet apply -f - --yes", Recipe)).ExitCode.ShouldBe(0);
        var (old, _) = (await MadeAsync(site, served.Store, 100), await MadeAsync(site, served.Store, 30));

        var listed = await served.Shell.RunAsync("fleet images gc -o json");
        var dry = await served.Shell.RunAsync("fleet images gc --apply --dry-run -o json");

        listed.ExitCode.ShouldBe(0, listed.Error);
        listed.Output.ShouldBe((await served.Store.RunAsync("fleet images gc -o json")).Output);
        dry.Output.ShouldBe(listed.Output);
        (await served.Shell.RunAsync("fleet images tree")).Output.ShouldBe((await served.Store.RunAsync("fleet images tree")).Output);
        (await served.Shell.RunAsync("fleet images gc --apply")).ExitCode.ShouldBe(2);
        Writes(site).ShouldBeEmpty();

        var applied = await served.Shell.RunAsync("fleet images gc --apply --yes --wait --key gc-1");
        var repeated = await served.Shell.RunAsync("fleet images gc --apply --yes --key gc-1");

        applied.ExitCode.ShouldBe(0, applied.Error);
        applied.Error.ShouldMatch($@"worker +{old.Version} +stable +deprecate +nothing needs it");
        applied.Output.ShouldContain($"worker/{old.Version} is deprecated");
        applied.Output.ShouldContain("1 deprecated, 0 disabled, 0 deregistered, 0 brought back, 0 refused, nothing is left to be undone.");
        applied.Output.ShouldContain($"Run {repeated.Output.Trim()} succeeded");
        Writes(site).ShouldBe([$"EnableImageDeprecation {old.Copies[0].ImageId}"]);
        (await served.Shell.RunAsync("fleet runs list")).Output.ShouldMatch(@"imageSweep +all images +succeeded");
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused()
    {
        using var shell = new Shell();

        var refused = await shell.RunAsync("fleet images gc --parameters images/");

        refused.ExitCode.ShouldBe(2);
        refused.Error.ShouldContain("--parameters is 'images/'; allowed: a path like /images");
        (await shell.RunAsync("fleet images gc --apply --yes --key gc-1")).Error.ShouldContain("--key needs a server");
    }

    [Fact]
    public async Task What_the_account_refuses_is_told_with_its_cure_and_fails_the_command()
    {
        await using var site = await Site.OpenAsync(World(), speed: 1);
        using var shell = site.Shell();
        await shell.RunAsync("fleet apply -f - --yes", Recipe);
        var (old, _) = (await MadeAsync(site, shell, 100), await MadeAsync(site, shell, 30));
        site.Host.World.Faults.Deny("EnableImageDeprecation");

        var applied = await shell.RunAsync("fleet images gc --apply --yes");

        applied.ExitCode.ShouldBe(1);
        applied.Output.ShouldMatch($@"{old.Version} +stable +not done: deprecate +ec2:EnableImageDeprecation: .*; grant ec2:EnableImageDeprecation \(infra/terraform/image-policy\)");
    }

    [Fact]
    public async Task A_missing_permission_keeps_what_could_be_in_use_and_is_named()
    {
        await using var site = await Site.OpenAsync(World(), speed: 1);
        using var shell = site.Shell();
        await shell.RunAsync("fleet apply -f - --yes", Recipe);
        var (old, _) = (await MadeAsync(site, shell, 100), await MadeAsync(site, shell, 30));
        site.Host.World.Faults.Deny("DescribeLaunchTemplates");

        var listed = await shell.RunAsync("fleet images gc");

        listed.Output.ShouldMatch($@"{old.Version} +stable +stays +account 123456789012 in {Region} could not be read: ec2:DescribeLaunchTemplates");
    }

    /// <summary>What Fleet did to the account.</summary>
    private static IEnumerable<string> Writes(Site site) => site.Writes().Where(call => call.Caller == Site.User).Select(call => $"{call.Verb} {call.Subject}");

    /// <summary>A stable version, made so many days ago.</summary>
    private static async Task<ImageRecord> MadeAsync(Site site, Shell shell, int daysAgo)
    {
        var world = site.Host.World;
        var (version, created) = ($"{daysAgo:x12}", world.Now.AddDays(-daysAgo));
        var record = new ImageRecord
        {
            Recipe = "worker",
            Version = version,
            Source = version.PadRight(64, '0'),
            Name = ImageNames.Of("worker", "1.33.2", "x86_64", version),
            Account = world.Cloud.Account,
            KubernetesVersion = "1.33.2",
            Architecture = "x86_64",
            BaseImage = "ami-0123456789abcdef0",
            Run = "run-1",
            State = ImageState.Stable,
            Created = created,
            Changed = created,
            Promoted = created,
            Copies = [new ImageCopy(Region, $"ami-{version}", [$"snap-{version}"])],
        };
        lock (world.Gate)
        {
            var tags = ImmutableSortedDictionary<string, string>.Empty.Add(ImageTags.Recipe, "worker").Add(ImageTags.Version, version);
            world.Cloud.Put(new Image { Id = record.Copies[0].ImageId, Name = record.Name, Owner = record.Account, Created = created, Tags = tags, Snapshots = record.Copies[0].Snapshots });
        }

        using var store = new SqliteStore(shell.StatePath);
        (await store.AddImageAsync(record, CancellationToken.None)).ShouldBeTrue();
        return record;
    }

    private static WorldSpec World() => new()
    {
        Name = "images",
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
        Images = [new ImageSpec { Id = "ami-00000001" }],
        Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-00000001", InstanceType = "m5.large" }],
        Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = 1 }],
    };
}
