using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

public sealed class SchedulerTests
{
    [Fact]
    public void A_pod_that_fits_nowhere_waits_with_the_reason_and_goes_where_room_comes()
    {
        var cluster = new TestCluster();
        cluster.Node("small", milliCpu: 50);
        cluster.Node("full", pods: 0);
        cluster.Node("cordoned");
        cluster.Cordon("cordoned");
        cluster.Deployment("web", 1);
        cluster.Run(5);
        var pod = cluster.Pods("web").ShouldHaveSingleItem();
        pod.NodeName.ShouldBeNull();
        pod.Unschedulable.ShouldBe("0/3 nodes are available: 1 Insufficient cpu, 1 Too many pods, 1 node(s) were unschedulable.");
        cluster.State.Events.Objects.ShouldContain(one => one.Reason == "FailedScheduling" && one.Involved == pod.Meta.Key);
        cluster.Node("roomy");
        cluster.Run(15);
        cluster.Pods("web")[0].NodeName.ShouldBe("roomy");
    }

    [Fact]
    public void An_uncordoned_node_takes_waiting_pods()
    {
        var cluster = new TestCluster().Nodes(1);
        cluster.Cordon("node-0");
        cluster.Deployment("web", 1);
        cluster.Run(30);
        cluster.Api.Update("nodes", cluster.State.Nodes[TestCluster.Key("node-0", "")]! with { Unschedulable = false }, null);
        cluster.Run(15);
        cluster.Pods("web")[0].NodeName.ShouldBe("node-0");
    }

    [Fact]
    public void Taints_keep_pods_off_unless_tolerated()
    {
        var cluster = new TestCluster();
        var node = cluster.Node("gpu");
        cluster.State.Nodes.Put(node with { Taints = [new Taint("gpu", "yes", "NoSchedule")] });
        cluster.Deployment("web", 1);
        cluster.Deployment("train", 1, template => template with { Tolerations = [new Toleration("gpu", "Equal", "yes", "NoSchedule")] });
        cluster.Run(5);
        cluster.Pods("web")[0].Unschedulable.ShouldBe("0/1 nodes are available: 1 node(s) had untolerated taint {gpu: yes}.");
        cluster.Pods("train")[0].NodeName.ShouldBe("gpu");
    }

    [Fact(DisplayName = "PreferNoSchedule is only a score: spread, affinity or a full node beat it, and pods may go to other pools")]
    public void PreferNoSchedule_is_only_a_score()
    {
        var cluster = new TestCluster();
        var old = cluster.Node("old");
        cluster.State.Nodes.Put(old with { Taints = [new Taint("fleet/outdated", null, "PreferNoSchedule")] });
        cluster.Node("new", milliCpu: 250);
        cluster.Deployment("web", 2);
        cluster.Run(5);
        cluster.Pods("web").ShouldAllBe(pod => pod.NodeName == "new");
        cluster.Deployment("more", 1);
        cluster.Run(5);
        cluster.Pods("more")[0].NodeName.ShouldBe("old", "the new node is full");
    }

    [Fact(DisplayName = "Tainting all old nodes before one new node has proved itself sends every new pod of the cluster to the unproven one")]
    public void One_untainted_node_draws_every_new_pod()
    {
        var cluster = new TestCluster().Nodes(5);
        foreach (var node in cluster.State.Nodes.Objects.ToList())
        {
            cluster.State.Nodes.Put(node with { Taints = [new Taint("fleet/outdated", null, "PreferNoSchedule")] });
        }

        cluster.Node("unproven");
        cluster.Deployment("web", 10);
        cluster.Run(5);
        cluster.Pods("web").ShouldAllBe(pod => pod.NodeName == "unproven");
    }

    [Fact]
    public void Selectors_and_affinity_choose_the_node()
    {
        var cluster = new TestCluster();
        var ssd = cluster.Node("ssd");
        cluster.State.Nodes.Put(ssd with { Meta = ssd.Meta with { Labels = ssd.Meta.Labels.Add("disk", "ssd").Add("cores", "8") } });
        cluster.Node("plain");
        cluster.Deployment("a", 1, template => template with { NodeSelector = ObjectMeta.NoLabels.Add("disk", "ssd") });
        cluster.Deployment("b", 1, template => template with { NodeAffinity = [[new SelectorRequirement("disk", "DoesNotExist", [])]] });
        cluster.Deployment("c", 1, template => template with { NodeAffinity = [[new SelectorRequirement("cores", "Gt", ["16"])], [new SelectorRequirement("cores", "Gt", ["4"])]] });
        cluster.Deployment("d", 1, template => template with { NodeSelector = ObjectMeta.NoLabels.Add("disk", "tape") });
        cluster.Run(5);
        cluster.Pods("a")[0].NodeName.ShouldBe("ssd");
        cluster.Pods("b")[0].NodeName.ShouldBe("plain");
        cluster.Pods("c")[0].NodeName.ShouldBe("ssd");
        cluster.Pods("d")[0].Unschedulable.ShouldBe("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector.");
    }

    [Fact]
    public void Anti_affinity_keeps_pods_of_a_kind_apart_both_ways()
    {
        var cluster = new TestCluster().Nodes(3);
        cluster.Deployment("db", 3, template => template with { AntiAffinity = [new PodAffinityTerm(WellKnown.Hostname, LabelSelector.Of("app", "db"))] });
        cluster.Run(5);
        cluster.Pods("db").Select(pod => pod.NodeName).Distinct().Count().ShouldBe(3);
        cluster.Bare("stray", "db");
        cluster.Run(5);
        cluster.Pod("stray").Unschedulable.ShouldBe("0/3 nodes are available: 3 node(s) didn't match pod anti-affinity rules.");
        cluster.Api.Delete("pods", cluster.Pods("db").First(pod => pod.NodeName is not null).Meta.Key);
        cluster.Run(20);
        cluster.Pods("db").Count(pod => pod.NodeName is not null).ShouldBe(3, "one place fell free");
    }

    [Fact]
    public void A_hard_spread_holds_the_zones_even_and_a_soft_one_only_prefers()
    {
        var cluster = new TestCluster();
        cluster.Node("a", "zone-a");
        cluster.Node("b", "zone-b");
        cluster.Node("c", "zone-c", milliCpu: 100);
        var spread = new SpreadConstraint(1, WellKnown.Zone, Hard: true, LabelSelector.Of("app", "hard"));
        cluster.Deployment("hard", 6, template => template with { Spread = [spread] });
        cluster.Run(5);
        cluster.Pods("hard").Count(pod => pod.NodeName is not null).ShouldBe(5, "zone c is full, so no zone may have more than two");
        cluster.Pods("hard").Single(pod => pod.NodeName is null).Unschedulable.ShouldBe("0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't match pod topology spread constraints.");
        cluster.Deployment("soft", 6, template => template with { Spread = [spread with { Hard = false, Selector = LabelSelector.Of("app", "soft") }] });
        cluster.Run(5);
        cluster.Pods("soft").GroupBy(pod => pod.NodeName).Select(group => (group.Key, group.Count())).OrderBy(one => one.Key).ShouldBe([("a", 3), ("b", 3)]);
    }

    [Fact]
    public void Replicas_are_spread_over_nodes_and_zones_by_default()
    {
        var cluster = new TestCluster().Nodes(6, zones: 3);
        cluster.Deployment("web", 6);
        cluster.Run(5);
        cluster.Pods("web").Select(pod => pod.NodeName).Distinct().Count().ShouldBe(6);
    }

    [Fact]
    public void Pods_of_higher_priority_are_placed_first()
    {
        var cluster = new TestCluster();
        cluster.Node("tight", milliCpu: 100);
        cluster.Deployment("low", 1);
        cluster.Deployment("high", 1, template => template with { Priority = 1000 });
        cluster.Run(5);
        cluster.Pods("high")[0].NodeName.ShouldBe("tight");
        cluster.Pods("low")[0].NodeName.ShouldBeNull();
    }

    [Fact]
    public void Finished_pods_give_their_room_back()
    {
        var cluster = new TestCluster();
        cluster.Node("tight", milliCpu: 100);
        cluster.Bare("done", "done", "tight", PodPhase.Succeeded);
        cluster.Deployment("web", 1);
        cluster.Run(10);
        cluster.Pods("web")[0].Ready.ShouldBeTrue();
    }
}
