using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>Situations in which nothing stands in the way but what Fleet itself has arranged: there the run must find a way on or back.</summary>
public class DeadEndTests
{
    [Fact]
    public void Surge_leaves_a_group_whose_last_node_waits_for_those_of_the_other_groups()
    {
        // A database in each zone, which goes when all other nodes are gone, and one instance of surge for three groups.
        var plain = Worlds.GroupPerZone(2);
        var spec = plain with
        {
            Workloads = [.. plain.Workloads, new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "db", Replicas = 3, MilliCpu = 500, Claims = ["data"], Spread = ["topology.kubernetes.io/zone"] }],
        };
        using var stage = new Stage(spec, new RotationPolicy
        {
            MaxSurge = CountOrPercent.Count(1),
            DrainRules = [new DrainRule { Class = DrainClass.Last, MatchLabels = new Dictionary<string, string> { ["app"] = "db" } }],
        });
        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);
        stage.World.Cloud.Groups.Values.Sum(group => group.Desired).ShouldBe(6);
    }

    [Fact]
    public void An_outside_that_wants_fewer_before_there_is_any_new_node_gets_fewer()
    {
        using var stage = new Stage(Worlds.Plain(5));
        stage.After(TimeSpan.FromSeconds(3), () => stage.Account.SetDesiredCapacity("workers", 4));
        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);
        InService(stage).ShouldAllBe(instance => instance.ImageId == "ami-new");
        InService(stage).Count.ShouldBe(4);
    }

    [Fact]
    public void A_cancelled_run_waits_for_a_launch_that_is_refused_and_gives_back_what_comes_of_the_former_version()
    {
        var plain = Worlds.Plain(3);
        using var stage = new Stage(plain with
        {
            Zones = ["eu-central-1a"],
            Faults = new FaultSpec { Outages = [new OutageSpec("eu-central-1a", TimeSpan.Zero, TimeSpan.FromMinutes(40))] },
        });
        stage.After(TimeSpan.FromMinutes(20), () => stage.Rehearsal.Ask(RunRequest.Cancel));
        stage.Drive().ShouldBe(RunPhase.Cancelled, stage.Why);
        (stage.World.Cloud.Groups["workers"].Desired, InService(stage).Count).ShouldBe((3, 3));
        InService(stage).ShouldAllBe(instance => instance.ImageId == "ami-old");
    }

    [Fact]
    public void A_cancelled_run_gives_its_surge_back_by_a_new_node_where_no_old_one_can_go()
    {
        using var stage = new Stage(Worlds.Stuck(), new RotationPolicy { MaxSurge = CountOrPercent.Count(1) });
        stage.Drive().ShouldBe(RunPhase.Stopped);
        stage.World.Cloud.Groups["workers"].Desired.ShouldBe(5);
        stage.Answer(RunRequest.Cancel, TimeSpan.FromMinutes(10)).ShouldBe(RunPhase.Cancelled, stage.Why);
        stage.World.Cloud.Groups["workers"].Desired.ShouldBe(4);
    }

    [Fact]
    public void Without_surge_a_broken_image_costs_one_node_and_its_pin_and_a_cancel_gives_both_back()
    {
        using var stage = new Stage(BrokenImage(), WithoutSurge());
        stage.Drive().ShouldBe(RunPhase.Stopped);
        stage.Why.ShouldContain("join-failed");
        stage.World.Cloud.Groups["workers"].TemplateVersion.ShouldBe("1", "no canary has passed: the group must not go on launching a broken image");
        InService(stage).Count(instance => instance.ImageId == "ami-old").ShouldBe(4);

        stage.Answer(RunRequest.Cancel, TimeSpan.FromMinutes(10)).ShouldBe(RunPhase.Cancelled, stage.Why);
        stage.World.Timeline.RunUntil(stage.World.Now + TimeSpan.FromMinutes(10));
        InService(stage).ShouldAllBe(instance => instance.ImageId == "ami-old");
        InService(stage).Count.ShouldBe(5);
        stage.World.Cluster.Nodes.Objects.ShouldAllBe(node => node.Ready == true && !node.Unschedulable);
    }

    [Fact]
    public void Without_surge_the_second_node_waits_until_the_canary_has_made_a_node()
    {
        using var stage = new Stage(Worlds.Plain(5), WithoutSurge());
        stage.DriveUntil(state => state.CanaryClosed);
        stage.State.CanaryPassed.ShouldBeFalse();
        stage.DriveUntil(state => state.CanaryPassed || state.SlotsOpened > 1);
        stage.State.CanaryPassed.ShouldBeTrue();
        InService(stage).ShouldContain(instance => instance.ImageId == "ami-new");
        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);
    }

    private static WorldSpec BrokenImage()
    {
        var plain = Worlds.Plain(5);
        return plain with { Images = [plain.Images[0], plain.Images[1] with { NeverReady = true }] };
    }

    private static RotationPolicy WithoutSurge() => new() { MaxSurge = CountOrPercent.Count(0), MaxUnavailable = CountOrPercent.Count(2) };

    private static List<Instance> InService(Stage stage) =>
        [.. stage.World.Cloud.Groups.Keys.SelectMany(stage.World.Cloud.Members).Where(instance => instance.Lifecycle == LifecycleState.InService)];
}
