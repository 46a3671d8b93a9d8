using Fleet.Core.Runs;
using Fleet.Simulation.Records;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Simulation.Tests.Records;

public sealed class RotationRecorderTests
{
    [Fact]
    public void An_undisturbed_rotation_breaks_no_rule_and_its_figures_are_the_worlds()
    {
        var recorded = new RecordedWorld();
        using var rehearsal = new Rehearsal(recorded.World, recorded.Rotation);

        rehearsal.Drive(TimeSpan.FromHours(3)).Phase.ShouldBe(RunPhase.Succeeded);

        recorded.Recorder.Violations.ShouldBeEmpty();
        var figures = recorded.Recorder.Figures(TimeSpan.FromMinutes(7), "slots");
        figures.Nodes.ShouldBe(new NodeFigures(Total: 3, Replaced: 3, Outdated: 0, MinReadySchedulable: 3));
        figures.Pods.Moved.ShouldBe(6);
        figures.Pods.Evictions.ShouldBeInRange(6, 9);
        figures.Budgets.ShouldBe(new BudgetFigures(Total: 1, Broken: 0));
        (figures.OwnersBelowImplicitBudget, figures.UndrainedTerminations).ShouldBe((0, 0));
        (figures.Group.DesiredBefore, figures.Group.DesiredAfter, figures.Group.MaxBefore, figures.Group.MaxAfter, figures.Group.ProtectedAfter, figures.Group.PinnedVersion).ShouldBe((3, 3, 5, 5, 0, "2"));
        figures.Makespan.ShouldBe(new MakespanFigures((recorded.World.Now - RecordedWorld.Start).TotalSeconds, 420, "slots"));
        figures.Calls.Aws.ShouldBe(recorded.World.Log.Records.Count(call => call is { Caller: "fleet", Api: Calls.Api.Aws }));
        figures.Calls.Kubernetes.ShouldBe(recorded.World.Log.Records.Count(call => call is { Caller: "fleet", Api: Calls.Api.Kubernetes }));
        recorded.Recorder.CallsByVerb["TerminateInstanceInAutoScalingGroup"].ShouldBe(3);
    }

    [Fact]
    public void A_pod_is_followed_through_its_replacements()
    {
        var recorded = new RecordedWorld();
        recorded.Evict(recorded.Pods("web")[0]);
        recorded.Run(60);
        var replacement = recorded.Pods("web").Single(pod => pod.ReplacesUid is not null);
        recorded.Evict(replacement);
        recorded.Recorder.Figures().Pods.MaxEvictionsPerPod.ShouldBe(2);
        recorded.Recorder.Figures().Pods.Evictions.ShouldBe(2);
    }

    [Fact]
    public void A_wait_lasts_while_a_budget_allows_nothing_and_its_pod_is_on_a_cordoned_node()
    {
        var recorded = new RecordedWorld();
        var node = recorded.Nodes[0];
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = true });
        recorded.Run(100);
        recorded.Recorder.Figures().Waits.ShouldBeEmpty();

        recorded.Evict(recorded.PodsOn(node)[0]);
        Should.Throw<Calls.CallRefusedException>(() => recorded.Evict(recorded.PodsOn(node)[1]));
        recorded.Run(100);

        // The eviction leaves no disruption allowed until its replacement is ready 20 s after it was placed.
        var wait = recorded.Recorder.Figures().Waits.ShouldHaveSingleItem();
        wait.Object.ShouldBe("poddisruptionbudget default/web");
        wait.Refusals.ShouldBe(1);
        wait.Seconds.ShouldBeInRange(20, 21);
    }

    [Fact]
    public void A_wait_is_also_a_place_that_stays_empty_because_a_budget_can_spare_no_pod_of_an_outdated_node()
    {
        var recorded = new RecordedWorld();
        recorded.OtherKubernetes.Evict(recorded.Pods("web")[0].Meta.Key);
        recorded.Run(100);
        recorded.Recorder.Figures().Waits.ShouldBeEmpty("the pool had no place");

        recorded.OtherAws.SetDesiredCapacity("workers", 4);
        recorded.Run(400);
        recorded.Recorder.Figures().Waits.ShouldBeEmpty("the budget could spare a pod");

        recorded.OtherKubernetes.Evict(recorded.Pods("web")[0].Meta.Key);
        recorded.Run(100);
        var wait = recorded.Recorder.Figures().Waits.ShouldHaveSingleItem();
        (wait.Object, wait.Refusals).ShouldBe(("poddisruptionbudget default/web", 0));
        wait.Seconds.ShouldBeInRange(20, 21);

        // A pod on a cordoned node is what the budget will spare next: nothing is left of it for another node, but the place is taken.
        recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = true });
        recorded.Run(100);
        recorded.Recorder.Figures().Waits.ShouldHaveSingleItem().Seconds.ShouldBe(wait.Seconds);
    }

    [Fact]
    public void A_new_node_is_a_place_when_it_has_been_ready_for_long_enough()
    {
        var recorded = new RecordedWorld(recorded: rotation => rotation with { MinReady = TimeSpan.FromHours(1) });
        recorded.OtherAws.SetDesiredCapacity("workers", 4);
        recorded.Run(400);
        recorded.OtherKubernetes.Evict(recorded.Pods("web")[0].Meta.Key);
        recorded.Run(100);
        recorded.Recorder.Figures().Waits.ShouldBeEmpty();

        recorded.Run(3600);
        recorded.OtherKubernetes.Evict(recorded.Pods("web")[0].Meta.Key);
        recorded.Run(100);
        recorded.Recorder.Figures().Waits.ShouldHaveSingleItem().Seconds.ShouldBeInRange(20, 21);
    }

    [Fact]
    public void Others_are_not_counted()
    {
        var recorded = new RecordedWorld();
        var pod = recorded.Pods("web")[0];
        recorded.OtherKubernetes.Evict(pod.Meta.Key);
        recorded.OtherAws.TerminateInstanceInAutoScalingGroup(RecordedWorld.InstanceOf(recorded.Nodes[1]), decrement: false);
        recorded.OtherAws.SetDesiredCapacity("workers", 2);
        recorded.Run(300);
        recorded.Recorder.Violations.ShouldBeEmpty();
        var figures = recorded.Recorder.Figures();
        (figures.Pods.Evictions, figures.Calls.Aws, figures.Calls.Kubernetes, figures.UndrainedTerminations).ShouldBe((0, 0, 0, 0));
    }
}
