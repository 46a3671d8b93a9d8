using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class RoomIndexTests
{
    private static readonly Owner Cart = Owner("cart", 4);

    [Fact]
    public void Pods_that_fit_all_at_once_have_a_place_each()
    {
        var result = Try(View(Cart, Node("old-1"), Node("new-1"), Pod("a"), Pod("b")), ["new-1"]);
        result.Fits.ShouldBeTrue();
        result.Placements.Select(placement => (placement.Pod.Name, placement.Node)).ShouldBe([("a", "new-1"), ("b", "new-1")]);
    }

    [Fact]
    public void What_fits_one_by_one_and_not_together_does_not_fit()
    {
        var view = View(Cart, Node("old-1"), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("b"), 600));
        var result = Try(view, ["new-1"]);
        result.Misfit!.Name.ShouldBe("b");
        result.Reason!.Code.ShouldBe(DisruptionCodes.NoRoom);
        result.Reason.Value.ShouldBe("0/1 nodes are available: 1 Insufficient cpu");
        result.Reason.Node.ShouldBe("old-1");
        result.Placements.ShouldBeEmpty();
    }

    [Fact]
    public void Pods_that_run_there_take_room_and_finished_ones_do_not()
    {
        var view = View(Cart, Node("old-1"), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("b", "new-1"), 600));
        Try(view, ["new-1"]).Fits.ShouldBeFalse();
        Try(view.With(Cpu(Pod("b", "new-1"), 600) with { Phase = PodPhase.Succeeded }), ["new-1"]).Fits.ShouldBeTrue();
    }

    [Fact]
    public void The_number_of_pods_counts()
    {
        var full = Node("new-1") with { Allocatable = Node("new-1").Allocatable with { Pods = 1 } };
        Try(View(Cart, Node("old-1"), full, Pod("a"), Pod("b")), ["new-1"]).Reason!.Value!.ShouldContain("Too many pods");
    }

    [Fact]
    public void Other_resources_count_and_what_is_not_offered_is_nothing()
    {
        var pod = Pod("a") with { Requests = new() { Pods = 1, Others = Resources.None.Others.Add("nvidia.com/gpu", 1) } };
        var gpus = Node("new-1") with { Allocatable = Node("new-1").Allocatable with { Others = Resources.None.Others.Add("nvidia.com/gpu", 1) } };
        Try(View(Cart, Node("old-1"), Node("new-1"), pod), ["new-1"]).Reason!.Value!.ShouldContain("Insufficient extended resources");
        Try(View(Cart, Node("old-1"), gpus, pod), ["new-1"]).Fits.ShouldBeTrue();
    }

    [Fact]
    public void A_volume_keeps_its_pod_in_the_zone()
    {
        var pod = Pod("a") with { VolumeZones = ["b"] };
        var result = Try(View(Cart, Node("old-1", "b"), Node("new-1"), pod), ["new-1"]);
        result.Reason!.Value.ShouldBe("0/1 nodes are available: 1 node(s) had volume node affinity conflict");
        result.Reason.Cure!.ShouldContain("a new node in b");
        Try(View(Cart, Node("old-1", "b"), Node("new-1"), Node("new-2", "b"), pod), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
    }

    [Theory]
    [InlineData("NoSchedule", false)]
    [InlineData("NoExecute", false)]
    [InlineData("PreferNoSchedule", true)]
    public void A_taint_keeps_away_those_that_do_not_tolerate_it(string effect, bool fits)
    {
        var tainted = Node("new-1") with { Taints = [new("dedicated", "db", effect)] };
        Try(View(Cart, Node("old-1"), tainted, Pod("a")), ["new-1"]).Fits.ShouldBe(fits);
        Try(View(Cart, Node("old-1"), tainted, Pod("a") with { Tolerations = [new("dedicated", "Equal", "db", null)] }), ["new-1"]).Fits.ShouldBeTrue();
    }

    [Fact]
    public void Nodes_that_the_scheduler_avoids_come_last()
    {
        var avoided = Node("new-1", cpu: 64_000) with { Taints = [new("fleet/outdated", null, "PreferNoSchedule")] };
        Try(View(Cart, Node("old-1"), avoided, Node("new-2"), Pod("a")), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
    }

    [Fact]
    public void Node_selection_is_honoured()
    {
        var labelled = Node("new-2") with { Labels = Node("new-2").Labels.Add("disk", "ssd") };
        var view = View(Cart, Node("old-1"), Node("new-1"), labelled);
        Try(view.With(Pod("a") with { NodeSelector = Labels(("disk", "ssd")) }), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
        Try(view.With(Pod("a") with { NodeAffinity = [[new("disk", "In", ["hdd"])], [new("disk", "Exists", [])]] }), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
        Try(view.With(Pod("a") with { NodeSelector = Labels(("disk", "tape")) }), ["new-1", "new-2"]).Reason!.Value.ShouldBe("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector");
    }

    [Fact]
    public void Anti_affinity_holds_both_ways_and_among_those_that_move()
    {
        AffinityTerm apart = new("kubernetes.io/hostname", App("cart"));
        var view = View(Cart, Node("old-1"), Node("new-1"), Node("new-2"));
        var shy = Pod("a") with { AntiAffinity = [apart] };
        Try(view.With(shy).With(Pod("x", "new-1")), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
        Try(view.With(Pod("a")).With(Pod("x", "new-1") with { AntiAffinity = [apart] }), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
        Try(view.With(shy).With(shy with { Name = "b", Uid = "uid-b" }), ["new-1", "new-2"]).Placements.Select(placement => placement.Node).Distinct().Count().ShouldBe(2);
        Try(view.With(shy).With(Pod("x", "new-1")), ["new-1"]).Reason!.Value!.ShouldContain("anti-affinity");
    }

    [Fact]
    public void Anti_affinity_by_zone_sees_nodes_that_offer_no_room()
    {
        var pod = Pod("a") with { AntiAffinity = [new("topology.kubernetes.io/zone", App("cart"))] };
        var view = View(Cart, Node("old-1", "b"), Node("old-2"), Node("new-1"), pod, Pod("x", "old-2"));
        Try(view, ["new-1"]).Fits.ShouldBeFalse();
    }

    [Fact]
    public void Affinity_wants_company_unless_the_pod_is_the_first_of_its_kind()
    {
        var view = View(Cart, Owner("web", 1), Node("old-1"), Node("new-1"), Node("new-2"));
        AffinityTerm near = new("kubernetes.io/hostname", App("web"));
        Try(view.With(Pod("a") with { Affinity = [near] }).With(Pod("w", "new-2", "web")), ["new-1", "new-2"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-2");
        Try(view.With(Pod("a") with { Affinity = [near] }), ["new-1", "new-2"]).Reason!.Value!.ShouldContain("didn't match pod affinity rules");
        Try(view.With(Pod("w", owner: "web") with { Affinity = [near] }), ["new-1", "new-2"]).Fits.ShouldBeTrue();
    }

    [Fact]
    public void A_hard_spread_is_kept()
    {
        TopologySpread even = new(1, "topology.kubernetes.io/zone", App("cart"));
        var view = View(Cart, Node("old-1"), Node("new-a"), Node("new-b", "b"), Pod("x", "new-a"), Pod("a") with { Spread = [even] });
        Try(view, ["new-a", "new-b"]).Placements.ShouldHaveSingleItem().Node.ShouldBe("new-b");
        Try(view, ["new-a"]).Reason!.Value!.ShouldContain("topology spread");
        Try(view.WithoutPod("uid-x"), ["new-a"]).Fits.ShouldBeTrue();
    }

    [Fact]
    public void Room_promised_to_a_node_that_drains_is_not_given_again()
    {
        var view = View(Cart, Node("old-1"), Node("old-2"), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("b", "old-2"), 600));
        Try(view, ["new-1"]).Fits.ShouldBeTrue();
        new RoomIndex(new(view, Policy), ["new-1"], ["old-2"]).Try("old-1").Fits.ShouldBeFalse();
    }

    [Fact]
    public void A_pod_that_ends_keeps_its_promise_until_its_successor_exists()
    {
        object[] nodes = [Node("old-1"), Node("old-2"), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("b-0", "old-2", "db", "StatefulSet"), 600) with { DeletionDue = Now }, Cart];
        new RoomIndex(Round([.. nodes, Owner("db", 1, "StatefulSet")]), ["new-1"], ["old-2"]).Try("old-1").Fits.ShouldBeFalse();
        new RoomIndex(Round([.. nodes, Owner("db", 0, "StatefulSet")]), ["new-1"], ["old-2"]).Try("old-1").Fits.ShouldBeTrue();
    }

    [Fact]
    public void Pods_that_wait_for_a_node_are_served_first()
    {
        var view = View(Cart, Node("old-1"), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("waits", node: null), 600) with { Phase = PodPhase.Pending });
        Try(view, ["new-1"]).Fits.ShouldBeFalse();
        new RoomIndex(new(view, Policy), [], []).Unplaced.ShouldHaveSingleItem().Name.ShouldBe("waits");
    }

    [Fact]
    public void What_is_taken_is_gone_for_the_next_and_what_is_tried_is_not()
    {
        var view = View(Cart, Node("old-1"), Node("old-2"), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("b", "old-2"), 600));
        var room = new RoomIndex(new(view, Policy), ["new-1"], []);
        room.Try("old-1").Fits.ShouldBeTrue();
        room.Take("old-2").Fits.ShouldBeTrue();
        room.Try("old-1").Fits.ShouldBeFalse();
    }

    [Fact]
    public void A_node_offers_itself_no_room_and_hands_on_what_it_had_promised()
    {
        // old-2 has the most room, so that what moves from old-1 is promised a place there.
        var view = View(Cart, Node("old-1"), Node("old-2", cpu: 8000), Node("new-1", cpu: 1000), Cpu(Pod("a"), 600), Cpu(Pod("b", "old-2"), 600));
        var room = new RoomIndex(new(view, Policy), ["old-1", "old-2", "new-1"], []);
        room.Take("old-1").Placements.ShouldHaveSingleItem().Node.ShouldBe("old-2");
        room.Try("old-2").Fits.ShouldBeFalse();
    }

    [Fact]
    public void Cordoned_and_unready_nodes_offer_none()
    {
        Try(View(Cart, Node("old-1"), Node("new-1") with { Unschedulable = true }, Pod("a")), ["new-1"]).Fits.ShouldBeFalse();
        Try(View(Cart, Node("old-1"), Node("new-1") with { Ready = false }, Pod("a")), ["new-1"]).Reason!.Value.ShouldBe("0/0 nodes are available");
    }

    [Fact]
    public void Daemon_pods_and_finished_pods_need_no_room() =>
        Try(View(Owner("agent", 1, "DaemonSet"), Node("old-1"), Cpu(Pod("d", owner: "agent", kind: "DaemonSet"), 9000), Cpu(Pod("done"), 9000) with { Phase = PodPhase.Succeeded }), []).Fits.ShouldBeTrue();

    private static FitResult Try(ClusterView view, string[] staying) => new RoomIndex(new(view, Policy), staying, []).Try("old-1");

    private static Pod Cpu(Pod pod, long milli) => pod with { Requests = pod.Requests with { MilliCpu = milli } };
}
