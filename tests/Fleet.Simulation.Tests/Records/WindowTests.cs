using Fleet.Core.Inventory;
using Fleet.Simulation.Records;

namespace Fleet.Simulation.Tests.Records;

/// <summary>What may begin in a window only. The world begins on Tuesday, 10 March 2026, at 02:00 UTC.</summary>
public sealed class WindowTests
{
    private static readonly MaintenanceSpec _fromThree = new() { Zone = "UTC", Windows = [new([DayOfWeek.Tuesday], TimeSpan.FromHours(3), TimeSpan.FromHours(4))] };

    [Fact]
    public void The_first_change_more_surge_and_a_nodes_way_out_are_seen_outside_the_windows()
    {
        var recorded = Held(_fromThree);
        recorded.Pin();
        recorded.Aws.SetDesiredCapacity("workers", 4);
        recorded.Leave(recorded.Nodes[0]);
        Sentences(recorded).ShouldBe(["run", "group workers", $"node {recorded.Nodes[0].Meta.Name}"]);
    }

    [Fact]
    public void In_a_window_they_are_none_and_what_is_under_way_goes_on_after_it()
    {
        var recorded = Held(_fromThree);
        recorded.Run(3600);
        recorded.Protect();
        recorded.Aws.SetDesiredCapacity("workers", 4);
        recorded.Change(recorded.Kubernetes, recorded.Nodes[0], known => known with { Unschedulable = true });
        recorded.Run(3600);
        recorded.Leave(recorded.Nodes[0]);
        recorded.Drain(recorded.Nodes[0]);
        recorded.Pin();
        Sentences(recorded).ShouldBeEmpty();

        recorded.Leave(recorded.Nodes[1]);
        Sentences(recorded).ShouldBe([$"node {recorded.Nodes[1].Meta.Name}"]);
    }

    [Fact]
    public void A_node_that_was_given_back_begins_anew()
    {
        var recorded = Held(_fromThree);
        recorded.Run(3600);
        var node = recorded.Nodes[0];
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = true });
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = false });
        recorded.Run(3600);
        recorded.Change(recorded.Kubernetes, node, known => known with { Unschedulable = true });
        Sentences(recorded).ShouldBe([$"node {node.Meta.Name}"]);
    }

    [Fact]
    public void An_excluded_day_holds_whatever_the_windows_say_and_leave_lifts_it_until_it_ends()
    {
        var excluded = _fromThree with { Windows = [], Exclusions = [new(new(2026, 3, 10), new(2026, 3, 10), null)] };
        var recorded = Held(excluded, RecordedWorld.Start.AddMinutes(30));
        recorded.Leave(recorded.Nodes[0]);
        Sentences(recorded).ShouldBeEmpty();
        recorded.Run(1800);
        recorded.Leave(recorded.Nodes[1]);
        Sentences(recorded).ShouldBe([$"node {recorded.Nodes[1].Meta.Name}"]);
    }

    [Fact]
    public void A_run_that_is_given_up_and_the_work_of_others_are_not_held()
    {
        var recorded = Held(_fromThree);
        recorded.OtherAws.SetDesiredCapacity("workers", 4);
        recorded.Change(recorded.OtherKubernetes, recorded.Nodes[1], known => known with { Unschedulable = true });
        recorded.Recorder.GivenUp();
        recorded.Leave(recorded.Nodes[0]);
        Sentences(recorded).ShouldBeEmpty();
    }

    private static RecordedWorld Held(MaintenanceSpec maintenance, DateTimeOffset? waived = null) => new(recorded: one => one with { Maintenance = maintenance, WaivedUntil = waived });

    private static IEnumerable<string> Sentences(RecordedWorld recorded) => recorded.Recorder.Violations.Where(violation => violation.Rule == SafetyRule.Window).Select(violation => violation.Subject);
}
