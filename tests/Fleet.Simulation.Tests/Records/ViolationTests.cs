using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Records;

namespace Fleet.Simulation.Tests.Records;

/// <summary>Each rule is broken by hand, and the recorder says so; done well, the same is no violation.</summary>
public sealed class ViolationTests
{
    private static readonly Taint _foreign = new("team/reserved", "x", "NoSchedule");

    [Fact]
    public void A_termination_of_a_node_with_pods_is_undrained_and_breaks_their_budget()
    {
        var recorded = new RecordedWorld();
        recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = true });
        recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(recorded.Nodes[0]), decrement: false);
        recorded.Broken.ShouldContain(SafetyRule.Drained);
        recorded.Broken.ShouldContain(SafetyRule.Budget);
        var figures = recorded.Recorder.Figures();
        (figures.UndrainedTerminations, figures.Budgets.Broken).ShouldBe((1, 1));
    }

    [Fact]
    public void A_pod_inside_its_grace_still_runs()
    {
        var recorded = new RecordedWorld();
        var node = recorded.Nodes[0];
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = true });
        recorded.Evict(recorded.PodsOn(node)[0]);
        recorded.Run(60);
        recorded.Evict(recorded.PodsOn(node).ShouldHaveSingleItem());
        recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(node), decrement: false);
        recorded.Recorder.Figures().UndrainedTerminations.ShouldBe(1);
        recorded.Recorder.Figures().Budgets.Broken.ShouldBe(0);
    }

    [Fact]
    public void A_drained_node_goes_without_a_word()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 1 });
        var node = recorded.Nodes[0];
        recorded.Protect();
        recorded.Leave(node);
        recorded.Drain(node);
        recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(node), decrement: false);
        recorded.Run(300);
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.Recorder.Figures().Nodes.ShouldBe(new NodeFigures(3, 1, 3, 2));
    }

    [Fact]
    public void A_group_that_rebalances_by_itself_while_Fleet_works_is_Fleets_business()
    {
        var recorded = new RecordedWorld(6, spec => spec with { Zones = ["eu-central-1a", "eu-central-1b"] });
        recorded.Aws.SuspendProcesses("workers", ["AlarmNotification"]);
        foreach (var instance in recorded.World.Cloud.Members("workers").Where(instance => instance.Zone == "eu-central-1b").Take(2).ToList())
        {
            recorded.OtherAws.TerminateInstanceInAutoScalingGroup(instance.Id, decrement: true);
        }

        recorded.Broken.ShouldBe([SafetyRule.Protection]);
        recorded.Run(1800);
        recorded.World.Cloud.Terminations.ShouldContain(one => one.Cause == TerminationCause.Rebalance);
        recorded.Broken.ShouldContain(SafetyRule.Drained);
    }

    [Fact]
    public void A_deletion_past_the_budget_breaks_it_unless_it_was_said_for_this_run()
    {
        foreach (var force in (bool[])[false, true])
        {
            var recorded = new RecordedWorld(recorded: one => one with { MayForce = force });
            foreach (var pod in recorded.Pods("web").Take(2))
            {
                recorded.Kubernetes.Delete("pods", pod.Meta.Key);
            }

            recorded.Recorder.Figures().Budgets.Broken.ShouldBe(force ? 0 : 1);
            recorded.Broken.Contains(SafetyRule.Budget).ShouldBe(!force);
        }
    }

    [Fact]
    public void An_unready_pod_counts_for_no_budget()
    {
        var recorded = new RecordedWorld();
        var pod = recorded.Pods("web")[0];
        recorded.World.Cluster.ControlPlane.Faults.KeepUnready(one => one.Meta.Uid == pod.Meta.Uid, recorded.World.Now, null);
        recorded.Run(5);
        recorded.Kubernetes.Delete("pods", pod.Meta.Key);
        recorded.Recorder.Figures().Budgets.Broken.ShouldBe(0);
    }

    [Fact]
    public void Of_an_owner_without_a_budget_a_quarter_may_be_disrupted()
    {
        var recorded = new RecordedWorld(4, spec => spec with { Budgets = [] });
        var pods = recorded.Pods("web");
        recorded.Evict(pods[0]);
        recorded.Evict(pods[1]);
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.Evict(pods[2]);
        recorded.Broken.ShouldBe([SafetyRule.ImplicitBudget]);
        recorded.Recorder.Figures().OwnersBelowImplicitBudget.ShouldBe(1);
    }

    [Fact]
    public void A_disruption_that_was_made_good_no_longer_counts()
    {
        var recorded = new RecordedWorld(4, spec => spec with { Budgets = [] });
        var pods = recorded.Pods("web");
        for (var index = 0; index < 6; index += 2)
        {
            recorded.Evict(pods[index]);
            recorded.Evict(pods[index + 1]);
            recorded.Run(60);
        }

        recorded.Recorder.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void A_cordon_before_the_new_node_is_there_leaves_a_zone_short()
    {
        var recorded = new RecordedWorld();
        recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = true });
        recorded.Broken.ShouldBe([SafetyRule.Capacity]);
        recorded.Run(30);
        recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = false });
        recorded.Run(30);
        recorded.Recorder.BelowFloor.ShouldBe(TimeSpan.FromSeconds(30));
        recorded.Recorder.Figures().Nodes.MinReadySchedulable.ShouldBe(2);
    }

    [Fact]
    public void A_new_node_stands_in_for_an_old_one_only_when_it_has_been_Ready_long_enough()
    {
        foreach (var proven in (bool[])[false, true])
        {
            var recorded = new RecordedWorld();
            recorded.Protect();
            recorded.Pin();
            recorded.Aws.SetDesiredCapacity("workers", 4);
            while (recorded.Nodes.Count(node => node.Ready == true) < 4)
            {
                recorded.Run(1);
            }

            recorded.Run(proven ? 31 : 20);
            recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = true });
            recorded.Broken.Contains(SafetyRule.Proof).ShouldBe(!proven);
            recorded.Broken.ShouldNotContain(SafetyRule.Capacity);
        }
    }

    [Fact]
    public void The_allowance_and_what_others_took_lower_the_floor()
    {
        var allowed = new RecordedWorld(recorded: one => one with { MaxUnavailable = 1 });
        allowed.Change(allowed.Kubernetes, allowed.Nodes[0], known => known with { Unschedulable = true });
        allowed.Recorder.Violations.ShouldBeEmpty();

        var shrunk = new RecordedWorld();
        shrunk.Aws.SetInstanceProtection("workers", [.. shrunk.Nodes.Select(RecordedWorld.InstanceOf)], protect: true);
        shrunk.OtherAws.SetDesiredCapacity("workers", 2);
        shrunk.Change(shrunk.Kubernetes, shrunk.Nodes[0], known => known with { Unschedulable = true });
        shrunk.Recorder.Violations.ShouldBeEmpty();

        var lost = new RecordedWorld();
        lost.OtherAws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(lost.Nodes[1]), decrement: false);
        lost.Recorder.Violations.ShouldBeEmpty();
        lost.Change(lost.Kubernetes, lost.Nodes[0], known => known with { Unschedulable = true });
        lost.Broken.ShouldBe([SafetyRule.Capacity]);
    }

    [Fact]
    public void Desired_is_never_written_lower_but_may_fall_with_a_termination()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 1 });
        var node = recorded.Nodes[0];
        recorded.Protect();
        recorded.Leave(node);
        recorded.Drain(node);
        recorded.Aws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(node), decrement: true);
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.OtherAws.SetDesiredCapacity("workers", 4);
        recorded.Aws.SetDesiredCapacity("workers", 3);
        recorded.Broken.ShouldBe([SafetyRule.Desired]);
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 6 });
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 2 });
        recorded.Broken.ShouldBe([SafetyRule.Desired, SafetyRule.Desired]);
    }

    [Fact]
    public void Max_is_put_back_only_where_Fleet_has_raised_it()
    {
        var recorded = new RecordedWorld();
        recorded.Protect();
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 7 });
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 5 });
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.OtherAws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 8 });
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", Max = 6 });
        recorded.Broken.ShouldBe([SafetyRule.ForeignMark]);
    }

    [Fact]
    public void Marks_of_others_on_a_node_are_not_touched()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 3 });
        var node = recorded.Nodes[0];
        recorded.Change(recorded.OtherKubernetes, node, known => known with
        {
            Unschedulable = true,
            Taints = [_foreign],
            Meta = known.Meta with { Labels = known.Meta.Labels.Add(WellKnownMarks.Excluded, "mine"), Annotations = known.Meta.Annotations.Add("note", "keep") },
        });
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = false });
        recorded.Change(recorded.Kubernetes, node, known => known with { Taints = [] });
        recorded.Change(recorded.Kubernetes, node, known => known with { Meta = known.Meta with { Labels = known.Meta.Labels.SetItem(WellKnownMarks.Excluded, "fleet") } });
        recorded.Change(recorded.Kubernetes, node, known => known with { Meta = known.Meta with { Annotations = known.Meta.Annotations.Remove("note") } });
        recorded.Broken.ShouldBe(Enumerable.Repeat(SafetyRule.ForeignMark, 4));
    }

    [Fact]
    public void Marks_of_its_own_come_and_go()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 3 });
        var node = recorded.Nodes[0];
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = true, Taints = [_foreign], Meta = known.Meta with { Labels = known.Meta.Labels.Add(WellKnownMarks.Excluded, "true") } });
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = false, Taints = [], Meta = known.Meta with { Labels = known.Meta.Labels.Remove(WellKnownMarks.Excluded) } });
        recorded.Recorder.Violations.ShouldBeEmpty();
    }

    [Fact]
    public void What_others_suspended_protected_and_tagged_stays()
    {
        var recorded = new RecordedWorld(with: spec => spec with
        {
            Groups = [spec.Groups[0] with { Suspended = ["AZRebalance"], Protected = true, Tags = spec.Groups[0].Tags.Add("owner", "team") }],
        });
        recorded.Aws.SuspendProcesses("workers", ["AZRebalance", "AlarmNotification"]);
        recorded.Aws.ResumeProcesses("workers", ["AlarmNotification"]);
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.Aws.ResumeProcesses("workers", ["AZRebalance"]);
        recorded.Aws.SetInstanceProtection("workers", [RecordedWorld.InstanceOf(recorded.Nodes[0])], protect: false);
        recorded.Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", ProtectNew = false });
        recorded.Aws.DeleteTags([("workers", "owner", null)]);
        recorded.Broken.ShouldBe(Enumerable.Repeat(SafetyRule.ForeignMark, 4));
    }

    [Fact]
    public void An_eviction_names_the_uid_that_is_meant()
    {
        var recorded = new RecordedWorld();
        var pod = recorded.Pods("web")[0];
        recorded.Cordoned(pod, () => recorded.Kubernetes.Evict(pod.Meta.Key, new EvictOptions()));
        recorded.Broken.ShouldBe([SafetyRule.EvictionUid]);
    }

    [Fact]
    public void Pods_are_evicted_from_cordoned_nodes_only()
    {
        var recorded = new RecordedWorld(recorded: one => one with { MaxUnavailable = 1 });
        var (first, second) = (recorded.PodsOn(recorded.Nodes[0])[0], recorded.PodsOn(recorded.Nodes[1])[0]);
        recorded.Leave(recorded.Nodes[0]);
        recorded.Kubernetes.Evict(first.Meta.Key, new EvictOptions { Uid = first.Meta.Uid });
        recorded.Recorder.Violations.ShouldBeEmpty();
        recorded.Run(120);
        recorded.Kubernetes.Evict(second.Meta.Key, new EvictOptions { Uid = second.Meta.Uid });
        recorded.Broken.ShouldBe([SafetyRule.Cordoned]);
    }

    [Fact]
    public void A_run_that_never_rests_is_a_violation()
    {
        var recorded = new RecordedWorld();
        recorded.Recorder.NeverEnded("it waits for nothing");
        recorded.Broken.ShouldBe([SafetyRule.Ends]);
    }

    private static class WellKnownMarks
    {
        public const string Excluded = Fleet.Simulation.Cluster.WellKnown.ExcludeFromLoadBalancers;
    }
}
