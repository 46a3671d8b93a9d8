using Fleet.Sandbox.WorldFile;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Worlds;

namespace Fleet.Sandbox.Tests.WorldFile;

public sealed class DemoWorldTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_demo_begins_at_rest()
    {
        var world = WorldBuilder.Build(WorldFileReader.Demo(), seed: 7, Start);
        world.Now.ShouldBe(Start);
        world.Cluster.Nodes.Objects.Count(node => node is { Ready: true, Unschedulable: false } && node.Taints.IsEmpty).ShouldBe(12);
        world.Cloud.Members("workers").Count(instance => instance.Lifecycle == LifecycleState.InService).ShouldBe(12);
        world.Cloud.Members("workers").GroupBy(instance => instance.Zone).Select(zone => zone.Count()).ShouldBe([4, 4, 4]);
        world.Cluster.Nodes.Objects.Select(node => world.Cloud.Instances[node.ProviderId.Split("/").Last()].PrivateDnsName).ShouldBe(world.Cluster.Nodes.Objects.Select(node => node.Meta.Name));
        world.Log.Records.ShouldBeEmpty();
        world.Cloud.Groups["workers"].Suspended.Keys.ShouldBe(["AlarmNotification"]);
    }

    [Fact]
    public void Every_workload_is_there_and_ready_but_the_pod_that_recovers_later()
    {
        var world = WorldBuilder.Build(WorldFileReader.Demo(), seed: 7, Start);
        var unready = world.Cluster.Pods.Objects.Where(pod => !pod.Ready).ToList();
        unready.ShouldHaveSingleItem().Template.Labels["app"].ShouldBe("search");
        world.Cluster.Pods.Objects.GroupBy(pod => pod.Template.Labels["app"]).ToDictionary(app => app.Key, app => app.Count()).ShouldBe(
            new Dictionary<string, int> { ["log-agent"] = 12, ["postgres"] = 3, ["checkout"] = 2, ["search"] = 3, ["web"] = 24, ["images"] = 8, ["report"] = 2 }, ignoreOrder: true);
        var search = world.Cluster.Budgets[new ObjectKey("shop", "search")]!;
        (search.CurrentHealthy, search.DesiredHealthy, search.DisruptionsAllowed).ShouldBe((2, 2, 0));
        world.Timeline.RunUntil(Start.AddMinutes(9));
        world.Cluster.Budgets[new ObjectKey("shop", "search")]!.DisruptionsAllowed.ShouldBe(1);
        world.Cluster.Volumes.Objects.Select(volume => volume.Zone).Order().ShouldBe(world.Cloud.Zones);
    }

    [Fact]
    public void The_third_launch_after_the_start_never_joins()
    {
        var world = WorldBuilder.Build(WorldFileReader.Demo(), seed: 7, Start);
        new CloudApi(world, "test").UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 15, Desired = 15 });
        world.Timeline.RunUntil(Start.AddMinutes(10));
        world.Cluster.Nodes.Count.ShouldBe(14);
        world.Cloud.Instances.Values.Single(instance => world.Cloud.BootOf(instance) is null).Number.ShouldBe(15);
    }

    [Fact]
    public void A_seed_gives_the_same_world()
    {
        static string Picture(World world) => string.Join('\n', world.Cluster.Pods.Objects.Select(pod => $"{pod.Meta.Key} {pod.NodeName} {pod.Meta.Uid} {pod.Meta.ResourceVersion}"));
        var first = Picture(WorldBuilder.Build(WorldFileReader.Demo(), seed: 3, Start));
        Picture(WorldBuilder.Build(WorldFileReader.Demo(), seed: 3, Start)).ShouldBe(first);
        Picture(WorldBuilder.Build(WorldFileReader.Demo(), seed: 4, Start)).ShouldNotBe(first);
    }

    [Fact]
    public void A_pod_that_fits_nowhere_is_named()
    {
        var spec = WorldFileReader.Demo();
        spec = spec with { Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "huge", MilliCpu = 64000 }], Budgets = [], Faults = new FaultSpec() };
        Should.Throw<WorldNotSettledException>(() => WorldBuilder.Build(spec, seed: 7, Start)).Message.ShouldContain("default/huge-");
    }

    [Fact]
    public void Calls_fail_as_described_and_only_then()
    {
        var spec = WorldFileReader.Demo();
        var fault = new CallFaultSpec { Verb = "SetDesiredCapacity", Fault = Simulation.Calls.WorldFaultKind.Throttled, Times = 2, From = TimeSpan.FromMinutes(1), Until = TimeSpan.FromMinutes(5) };
        var world = WorldBuilder.Build(spec with { Faults = new FaultSpec { Calls = [fault] } }, seed: 7, Start);
        var answers = new List<int>();
        world.Log.Recorded += call => answers.Add(call.Answer);
        foreach (var minute in new[] { 0, 1, 2, 3, 6 })
        {
            world.Timeline.RunUntil(Start.AddMinutes(minute));
            try
            {
                new CloudApi(world, "test").SetDesiredCapacity("workers", 12);
            }
            catch (Simulation.Calls.WorldFaultException)
            {
            }
        }

        answers.ShouldBe([200, 429, 429, 200, 200]);
    }
}
