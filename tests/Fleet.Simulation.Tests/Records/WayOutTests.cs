using Fleet.Core.Inventory;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Records;
using Fleet.Simulation.Worlds;

namespace Fleet.Simulation.Tests.Records;

/// <summary>The rules of a node's way out and of what a run leaves behind, broken by hand.</summary>
public sealed class WayOutTests
{
    private static readonly Taint _soft = new("fleet/outdated", null, "PreferNoSchedule");

    [Fact]
    public void Protection_comes_first_and_is_lifted_last()
    {
        var recorded = new RecordedWorld();
        recorded.Protect();
        recorded.Aws.SuspendProcesses("workers", ["AZRebalance"]);
        recorded.Recorder.Violations.ShouldBeEmpty();

        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", ProtectNew = false });
        recorded.Broken.ShouldBe([SafetyRule.Protection]);
    }

    [Fact]
    public void Protection_is_not_lifted_while_a_scale_in_waits_for_it()
    {
        var recorded = new RecordedWorld();
        recorded.Protect();
        recorded.Aws.SuspendProcesses("workers", ["AZRebalance"]);
        recorded.OtherAws.SetDesiredCapacity("workers", 2);
        recorded.Run(120);
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.Aws.ResumeProcesses("workers", ["AZRebalance"]);

        recorded.Aws.SetInstanceProtection("workers", [.. recorded.Nodes.Select(RecordedWorld.InstanceOf)], protect: false);
        recorded.Broken.ShouldBe([SafetyRule.Protection]);
    }

    [Fact]
    public void A_second_node_waits_for_the_canary_and_so_does_the_soft_taint()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 3, LoadBalancerWait = TimeSpan.Zero });
        recorded.Protect();
        foreach (var node in recorded.Nodes.Take(2).ToList())
        {
            recorded.Leave(node);
            recorded.Drain(node);
            recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(node), decrement: false);
            if (recorded.Broken.Count == 0)
            {
                recorded.Change(recorded.Kubernetes, recorded.Nodes[^1], known => known with { Taints = [_soft] });
                recorded.Broken.ShouldBe([SafetyRule.Canary]);
                recorded.Run(300);
            }
        }

        recorded.Broken.ShouldBe([SafetyRule.Canary]);
        recorded.Change(recorded.Kubernetes, recorded.Nodes[^1], known => known with { Meta = known.Meta with { Labels = known.Meta.Labels.Add("seen", "yes") } });
        recorded.Broken.ShouldBe([SafetyRule.Canary]);
    }

    [Fact]
    public void Two_nodes_at_once_are_no_canary()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 3, LoadBalancerWait = TimeSpan.Zero });
        recorded.Protect();
        var nodes = recorded.Nodes.Take(2).ToList();
        foreach (var node in nodes)
        {
            recorded.Leave(node);
            recorded.Drain(node);
        }

        foreach (var node in nodes)
        {
            recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(node), decrement: false);
        }

        recorded.Broken.ShouldBe([SafetyRule.Canary]);
    }

    [Fact]
    public void Load_balancers_have_their_time_before_the_termination()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 1, LoadBalancerWait = TimeSpan.FromMinutes(10) });
        recorded.Protect();
        recorded.Leave(recorded.Nodes[0]);
        recorded.Drain(recorded.Nodes[0]);
        recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(recorded.Nodes[0]), decrement: false);
        recorded.Broken.ShouldBe([SafetyRule.LoadBalancer]);
    }

    [Fact]
    public void Volumes_are_detached_before_the_termination()
    {
        var recorded = new RecordedWorld(with: spec => spec with
        {
            Workloads = [new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "web", Replicas = 3, Claims = ["data"], AntiAffinity = ["kubernetes.io/hostname"] }],
        }, recorded: one => one with { MaxUnavailable = 3, LoadBalancerWait = TimeSpan.Zero });
        recorded.Protect();
        var node = recorded.Nodes[0];
        recorded.Evict(recorded.PodsOn(node).ShouldHaveSingleItem());
        recorded.Run(3);
        recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(node), decrement: false);
        recorded.Broken.ShouldContain(SafetyRule.Volumes);
    }

    [Fact]
    public void A_node_object_goes_only_after_its_instance()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 3 });
        recorded.Kubernetes.Delete("nodes", recorded.Nodes[0].Meta.Key);
        recorded.Broken.ShouldContain(SafetyRule.NodeIdentity);
    }

    [Fact]
    public void A_node_is_not_cordoned_when_a_pod_of_it_fits_nowhere_else()
    {
        var recorded = new RecordedWorld(with: spec => spec with
        {
            Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 3, AntiAffinity = ["kubernetes.io/hostname"] }],
        }, recorded: one => one with { MaxUnavailable = 3 });
        recorded.Leave(recorded.Nodes[0]);
        recorded.Broken.ShouldBe([SafetyRule.Room]);
    }

    [Fact]
    public void What_a_drain_must_not_lose_silently_stays()
    {
        var recorded = new RecordedWorld(with: spec => spec with
        {
            Workloads =
            [
                new WorkloadSpec { Kind = WorkloadKind.Pod, Name = "bare" },
                new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "cache", EmptyDir = true },
                new WorkloadSpec { Kind = WorkloadKind.Job, Name = "driver" },
                new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web" },
            ],
        }, recorded: one => one with
        {
            DeleteEmptyDirData = false,
            DrainRules = [new DrainRule { Class = DrainClass.WaitForCompletion, MatchLabels = new Dictionary<string, string> { ["app"] = "driver" } }],
        });
        recorded.Evict(recorded.Pods("web")[0]);
        recorded.Recorder.Violations.ShouldBeEmpty();
        foreach (var app in (string[])["bare", "cache", "driver"])
        {
            recorded.Evict(recorded.Pods(app)[0]);
        }

        recorded.Broken.ShouldBe(Enumerable.Repeat(SafetyRule.Loss, 3));
    }

    [Fact]
    public void What_Fleet_has_set_is_put_back_at_the_end()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 3 });
        recorded.Protect();
        recorded.Aws.SuspendProcesses("workers", ["AZRebalance"]);
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 9 });
        recorded.Aws.SetDesiredCapacity("workers", 4);
        recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = true });
        recorded.Recorder.Violations.ShouldBeEmpty();

        recorded.Run(600);
        recorded.Recorder.Ended();
        recorded.Broken.ShouldAllBe(rule => rule == SafetyRule.Restored);
        var said = recorded.Recorder.Violations.Select(violation => violation.Sentence).ToList();
        said.ShouldContain(line => line.StartsWith("AZRebalance of workers", StringComparison.Ordinal));
        said.ShouldContain("max of workers is still 9, as Fleet set it; it was 5");
        said.ShouldContain("desired of workers is 4; without Fleet it would be 3");
        said.ShouldContain("new instances of workers are still protected, as Fleet set it");
        said.ShouldContain(line => line.EndsWith("bears cordon, which Fleet had set", StringComparison.Ordinal));
        said.Count(line => line.Contains("is still protected from scale-in", StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public void What_others_want_meanwhile_is_no_remnant()
    {
        var recorded = new RecordedWorld();
        recorded.Protect();
        recorded.Aws.SetDesiredCapacity("workers", 4);
        recorded.OtherAws.SetDesiredCapacity("workers", 5);
        recorded.Run(300);
        recorded.Aws.TerminateInstanceInAutoScalingGroup(recorded.World.Cloud.Members("workers").Last().Id, decrement: true);
        recorded.Run(300);
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", ProtectNew = false });
        recorded.Aws.SetInstanceProtection("workers", [.. recorded.World.Cloud.Members("workers").Select(instance => instance.Id)], protect: false);
        var before = recorded.Recorder.Violations.Count;
        recorded.Recorder.Ended();
        recorded.Recorder.Violations.Count.ShouldBe(before);
    }

    [Fact]
    public void A_version_without_a_canary_is_not_left_pinned_at_rest()
    {
        var recorded = new RecordedWorld();
        recorded.Protect();
        var template = recorded.Pin();
        recorded.Recorder.Rested();
        recorded.Broken.ShouldBe([SafetyRule.Restored]);

        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", TemplateId = template, TemplateVersion = "1" });
        recorded.Recorder.Rested();
        recorded.Broken.ShouldBe([SafetyRule.Restored]);
    }
}
