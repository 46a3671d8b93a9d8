using Fleet.Core.Builds;
using Fleet.Core.Images;
using Fleet.Core.Inventory.Recipes;
using Fleet.Core.Runs;
using Fleet.Sandbox.Host;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;

namespace Fleet.Aws.Tests.Proof;

/// <summary>A build's proof over the wire: RunInstances, Run Command and TerminateInstances against the sandbox, whose hosts run the scripts. Judged by what the world recorded.</summary>
public sealed class ProvedBuildTests
{
    private const string Base = "ami-0aaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_new_image_is_proved_on_one_instance_of_its_own_and_only_a_good_one_becomes_available(bool sabotaged)
    {
        var facts = sabotaged ? ProofStage.Good with { Swaps = ["/swapfile"] } : ProofStage.Good;
        var world = WorldBuilder.Build(
            new WorldSpec
            {
                Name = "proof",
                InstanceTypes = [new NodeProfile { InstanceType = "m6i.large", BootMean = TimeSpan.FromSeconds(10), BootDeviation = TimeSpan.FromSeconds(1) }],
                Images = [new ImageSpec { Id = Base }],
            },
            seed: 11, new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero));
        world.Faults.Next("RunInstances", WorldFaultKind.TimeoutAfterSuccess);
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Speed = 10 });
        using var account = new AwsAccount(new AwsOptions { Region = "eu-central-1", Endpoint = host.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "not-a-secret", Timeout = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        var (builder, store) = (new WorldBuilderOfImages(world, facts), new MemoryStore());
        var recipe = new RecipeSpec
        {
            Name = "worker",
            Account = world.Cloud.Account,
            Template = new RecipeTemplate { Folder = "worker" },
            KubernetesVersion = "1.33.2",
            Base = new BaseImage { Id = Base },
            Regions = ["eu-central-1"],
            Proof = new RecipeProof { InstanceProfile = "fleet-proof", Subnet = world.Cloud.Addresses.SubnetOf(world.Cloud.Zones[1]), Sbom = new RecipeCheck("letters", LongBill.Script, TimeSpan.FromMinutes(1)) },
            Checks = [new RecipeCheck("os", "grep -q ID= /etc/os-release", TimeSpan.FromMinutes(1))],
        };
        var now = host.Clock.GetUtcNow();
        var spec = new BuildSpec { Recipe = recipe, Accepted = null };
        await store.CreateAsync(new Run { Id = "run-1", Kind = "imageBuild", Cluster = Run.NoCluster, Pool = recipe.Name, Spec = BuildJson.Write(spec), State = BuildJson.Write(new BuildState()), Created = now, Updated = now }, WhenUnderWay.Refuse, default);

        await using var round = new BuildRound(new BuildPorts { Cloud = account.Builds, Templates = builder, Builder = builder, Packages = builder, Scripts = account.Scripts, Keys = new SimulatedKmsRegions(world), Images = store }, host.Clock, TimeProvider.System);
        var run = await new RunDriver(store, round, new DriverOptions { Owner = "test" }, host.Clock, TimeProvider.System).DriveAsync("run-1", default);

        var image = (await store.ImagesAsync("worker", default)).Single();
        lock (world.Gate)
        {
            var proved = world.Cloud.Instances.Values.Single();
            (proved.Group, proved.Zone, proved.State, proved.Tags["fleet:run"], proved.Tags["fleet:recipe"]).ShouldBe((null, world.Cloud.Zones[1], InstanceState.Terminated, "run-1", "worker"));
            world.Cluster.Nodes.Objects.ShouldBeEmpty();
            world.Log.Records.Count(call => call is { Verb: "RunInstances", Applied: true }).ShouldBeGreaterThan(1);
            world.Cloud.Launches.ShouldBe(1);
            world.Cloud.Images.Values.Where(one => one.Id != Base && one.State == "available").Select(one => one.ImdsSupport).ShouldBe(sabotaged ? [] : ["v2.0"]);
        }

        run.Reasons.Select(reason => (reason.Value, reason.Limit)).ShouldBe(sabotaged ? [("swap: in use: /swapfile", "no swap")] : []);
        (run.Phase, image.State).ShouldBe(sabotaged ? (RunPhase.Failed, ImageState.Rejected) : (RunPhase.Succeeded, ImageState.Candidate));
        (await store.LedgerAsync("run-1", default)).ShouldAllBe(entry => entry.Status != LedgerStatus.Open);
        (await store.JournalAsync("run-1", 0, default)).Where(entry => entry.Kind is "proof" or "proof-failed").Select(entry => entry.Subject).ShouldContain("recipe-os");
        LongBill.ShouldBeWhole((await store.JournalAsync("run-1", 0, default)).Single(entry => entry is { Kind: "proof-output", Subject: "sbom-letters" }).Message);
    }
}
