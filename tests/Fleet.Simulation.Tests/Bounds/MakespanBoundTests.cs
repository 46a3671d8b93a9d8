using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Bounds;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;

namespace Fleet.Simulation.Tests.Bounds;

/// <summary>
/// Three worlds whose bounds are worked by hand. In all of them a new node is proven after 4 s launch + 60 s boot + 5 s to Ready + 30 s minReady = 99 s, and an old one is released
/// after 15 s shutdown + 5 s removal of its Node = 20 s.
/// </summary>
public sealed class MakespanBoundTests
{
    private static readonly DateTimeOffset _start = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// One node with one pod that stops in 2 s and is ready 90 s after it was placed, load-balancer wait 60 s, width 1.
    /// max(drain 2, wait 60) = 60; its replacement is ready 90 s after the eviction, so settle = 90 − 60 = 30. One slot: 99 + 60 + 30 + 20 = 209 s.
    /// </summary>
    [Fact]
    public void One_node()
    {
        var (world, rotation) = World(1, [Web(1, ready: 90)], []);
        var bound = MakespanBound.Of(world, rotation);
        bound.Slots.ShouldBe([new SlotBound(bound.Slots[0].Node, Seconds(2), Seconds(60), Seconds(30), Seconds(20))]);
        bound.Time.ShouldBe(Seconds(209));
        Holds(world, rotation, bound, within: 1.1);
    }

    /// <summary>
    /// Four nodes with a pod each that takes 100 s to stop, load-balancer wait 60 s, width 2. A node: max(100, 60) + 0 + 20 = 120; a slot: 99 + 120 = 219 s; all of them 876 s.
    /// Slots: 876 ÷ 2 = 438. Canary: 219, then the other 657 at width 2: 219 + 328.5 = 547.5 s, which binds.
    /// The budget permits 1 of 4 at a time and each is back in 20 s: 99 + 4 × 20 + 20 = 199 s. Critical path: 219 s.
    /// </summary>
    [Fact]
    public void Four_nodes_after_a_canary()
    {
        var (world, rotation) = World(4, [Web(4, ready: 20, stop: 100)], [new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "1" }], surge: 2);
        var bound = MakespanBound.Of(world, rotation);
        bound.Time.ShouldBe(Seconds(547.5));
        bound.Binding.ShouldBe("canary and growth");
        bound.Terms.Select(term => (term.Name, term.Time)).ShouldBe(
            [("canary and growth", Seconds(547.5)), ("canary", Seconds(547.5)), ("slots", Seconds(438)), ("critical path", Seconds(219)), ("poddisruptionbudget default/web", Seconds(199))]);
        Holds(world, rotation, bound, within: 1.4);
    }

    /// <summary>
    /// Two nodes with two pods each of one StatefulSet with volumes, whose budget permits one at a time; load-balancer wait 10 s; width 2. A pod is replaced after 5 s stop + 5 s detach + 3 s attach + 100 s to Ready = 113 s.
    /// A node: two turns, so its last pod is gone after 113 + 5 = 118, ready again after 226: settle = 226 − 118 = 108; 118 + 108 + 20 = 246; a slot: 99 + 246 = 345 s.
    /// Slots: 690 ÷ 2 = 345. Canary: 345, then 345 at width 2: 517.5. Budget: 99 + 4 × 113 + 20 = 571 s, which binds.
    /// </summary>
    [Fact]
    public void Two_nodes_behind_one_budget()
    {
        var (world, rotation) = World(
            2,
            [new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "db", Replicas = 4, Claims = ["data"], Stop = Seconds(5), Ready = Seconds(100), Parallel = true, PreferSpread = ["kubernetes.io/hostname"] }],
            [new BudgetSpec { Name = "db", Workload = "db", MaxUnavailable = "1" }],
            surge: 2,
            wait: 10);
        var bound = MakespanBound.Of(world, rotation);
        bound.Slots.ShouldAllBe(slot => slot.Drain == Seconds(118) && slot.Settle == Seconds(108) && slot.Release == Seconds(20));
        bound.Terms.Select(term => (term.Name, term.Time)).ShouldBe(
            [("poddisruptionbudget default/db", Seconds(571)), ("canary and growth", Seconds(517.5)), ("canary", Seconds(517.5)), ("critical path", Seconds(345)), ("slots", Seconds(345))], ignoreOrder: true);
        bound.Binding.ShouldBe("poddisruptionbudget default/db");
        Holds(world, rotation, bound, within: 1.6);
    }

    /// <summary>
    /// Five nodes without pods in two zones, 3 in the one and 2 in the other, load-balancer wait 60 s, surge 3. A slot: 99 + 60 + 20 = 179 s. Eight instances are spread 4 to 4, so that the zone of three has
    /// one more and does its three slots one after another: 537 s, which binds. The zone of two has two more: 179 + 179 ÷ 2 = 268.5. Canary: 179 + 4 × 179 ÷ 3 = 417.7 s.
    /// </summary>
    [Fact]
    public void Five_nodes_in_two_zones()
    {
        var (world, rotation) = World(5, [], [], surge: 3, zones: ["eu-central-1a", "eu-central-1b"]);
        var bound = MakespanBound.Of(world, rotation);
        bound.Time.ShouldBe(Seconds(537));
        bound.Binding.ShouldBe("zone eu-central-1a of workers");
        bound.Terms.ShouldContain(term => term.Name == "zone eu-central-1b of workers" && term.Time == Seconds(268.5));
        Holds(world, rotation, bound, within: 1.6);
    }

    [Fact]
    public void A_launch_that_never_joins_holds_its_place_until_the_join_timeout()
    {
        // As one node, and 600 s for the first launch, which never boots.
        var (world, rotation) = World(1, [Web(1, ready: 90)], []);
        world.Cloud.NeverBoots.Add(world.Cloud.Launches + 1);
        MakespanBound.Of(world, rotation).Terms.ShouldContain(term => term.Name == "slots" && term.Time == Seconds(809));
    }

    [Fact]
    public void Where_nothing_is_outdated_there_is_nothing_to_wait_for()
    {
        var (world, rotation) = World(2, [Web(2, ready: 20)], []);
        MakespanBound.Of(world, rotation with { Target = new Fleet.Core.Rotations.RotationTarget { ImageId = "ami-old" } }).Time.ShouldBe(TimeSpan.Zero);
    }

    private static void Holds(World world, RotationSpec rotation, MakespanBound bound, double within)
    {
        using var rehearsal = new Rehearsal(world, rotation);
        rehearsal.Drive(TimeSpan.FromHours(2)).Phase.ShouldBe(RunPhase.Succeeded);
        ((world.Now - _start) / bound.Time).ShouldBeInRange(1, within);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static WorkloadSpec Web(int replicas, double ready, double stop = 2) => new()
    {
        Kind = WorkloadKind.Deployment,
        Name = "web",
        Replicas = replicas,
        Ready = Seconds(ready),
        Stop = Seconds(stop),
        Grace = Seconds(120),
        PreferSpread = ["kubernetes.io/hostname"],
    };

    private static (World World, RotationSpec Rotation) World(int nodes, WorkloadSpec[] workloads, BudgetSpec[] budgets, int surge = 1, double wait = 60, string[]? zones = null)
    {
        var world = WorldBuilder.Build(
            new WorldSpec
            {
                Name = "bound",
                Zones = [.. zones ?? ["eu-central-1a"]],
                InstanceTypes = [new NodeProfile { InstanceType = "m5.large", BootMean = Seconds(60), BootDeviation = TimeSpan.Zero }],
                Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) }],
                Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.large" }],
                Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = nodes, Max = nodes }],
                Workloads = [.. workloads],
                Budgets = [.. budgets],
            },
            1,
            _start);
        var rotation = new RotationSpec
        {
            Cluster = new ClusterSpec { Name = "test", Account = world.Cloud.Account, Region = world.Cloud.Region },
            Pool = new NodePoolSpec
            {
                Cluster = "test",
                Name = "workers",
                Groups = ["workers"],
                Rotation = new RotationPolicy { LoadBalancerWait = Seconds(wait), MaxSurge = CountOrPercent.Count(surge) },
            },
            Target = new Fleet.Core.Rotations.RotationTarget { ImageId = "ami-new" },
        };
        return (world, rotation);
    }
}
