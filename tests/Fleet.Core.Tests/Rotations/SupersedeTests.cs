using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Runs;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>A run whose machines never joined stands, and another to a better image takes its place: it is checked as if the first one had been cancelled, which clears its machines away before the second begins.</summary>
public class SupersedeTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 1)]
    public async Task A_run_that_stands_for_a_machine_that_never_joined_is_superseded(int surge, int unavailable)
    {
        var plain = Worlds.Plain(4);
        var broken = plain with { Images = [plain.Images[0], plain.Images[1] with { NeverBoots = true }, new ImageSpec { Id = "ami-better" }] };
        var policy = new RotationPolicy { MaxSurge = CountOrPercent.Count(surge), MaxUnavailable = CountOrPercent.Count(unavailable), LoadBalancerWait = TimeSpan.FromSeconds(60) };
        using var stage = new Stage(broken, policy);
        stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);
        stage.State.HaltReasons.ShouldContain(reason => reason.Code == "join-failed");

        (await CheckAsync(stage, null)).Problems.Select(problem => problem.Code).ShouldBe(["instance-without-node"]);
        (await CheckAsync(stage, stage.World.Now)).Problems.Select(problem => problem.Code).ShouldBe(["instance-without-node"], "what was there before the run is nobody's");
        var next = await CheckAsync(stage, stage.Rehearsal.Run.Created);
        next.Problems.ShouldBeEmpty();
        next.Plan!.Nodes.Length.ShouldBeGreaterThanOrEqualTo(4 - unavailable);

        stage.Answer(RunRequest.Cancel, TimeSpan.FromMinutes(1)).ShouldBe(RunPhase.Cancelled, stage.Why);
        using var second = new Rehearsal(stage.World, next.Spec!, new RehearsalOptions { Seed = 2 });
        second.Drive(TimeSpan.FromHours(5)).Phase.ShouldBe(RunPhase.Succeeded);

        var left = stage.World.Cloud.Members("workers").Where(instance => instance.Lifecycle == LifecycleState.InService).ToList();
        left.Select(instance => instance.ImageId).ShouldBe(["ami-better", "ami-better", "ami-better", "ami-better"]);
        stage.World.Cloud.Groups["workers"].Desired.ShouldBe(4);
    }

    private static async Task<PreflightResult> CheckAsync(Stage stage, DateTimeOffset? after)
    {
        using var cluster = new SimulatedCluster(stage.World);
        var request = new RotationRequest { Cluster = stage.Spec.Cluster, Pool = stage.Spec.Pool, Image = "ami-better", Now = stage.World.Now, AfterRunOf = after };
        return await RotationPreflight.RunAsync(SimulatedPorts.Of(stage.World, cluster, new MemoryStore()), request, CancellationToken.None);
    }
}
