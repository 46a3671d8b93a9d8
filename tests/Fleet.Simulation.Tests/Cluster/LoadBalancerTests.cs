using Fleet.Simulation.Cluster;
using Fleet.Simulation.Tests.Cloud;

namespace Fleet.Simulation.Tests.Cluster;

/// <summary>Service load balancers, sentence by sentence.</summary>
public sealed class LoadBalancerTests
{
    private readonly TestCluster _cluster = new TestCluster().Nodes(2).Run(60);

    [Fact(DisplayName = "since 1.19 a cordon no longer removes a node from service load balancers")]
    public void A_cordon_leaves_a_node_in()
    {
        _cluster.Cordon("node-0");
        _cluster.Run(600);
        _cluster.State.ControlPlane.LoadBalancer.Serves("node-0").ShouldBeTrue();
    }

    [Fact(DisplayName = "the label node.kubernetes.io/exclude-from-external-load-balancers does, with a delay")]
    public void The_label_takes_a_node_out_after_a_delay()
    {
        var left = new List<string>();
        _cluster.State.ControlPlane.LoadBalancer.Left += (name, _) => left.Add(name);
        Label("node-0", excluded: true);
        _cluster.Run(29);
        _cluster.State.ControlPlane.LoadBalancer.Serves("node-0").ShouldBeTrue();
        _cluster.Run(2);
        _cluster.State.ControlPlane.LoadBalancer.Serves("node-0").ShouldBeFalse();
        _cluster.State.ControlPlane.LoadBalancer.Serves("node-1").ShouldBeTrue();
        left.ShouldBe(["node-0"]);
        Label("node-0", excluded: false);
        _cluster.Run(31);
        _cluster.State.ControlPlane.LoadBalancer.Serves("node-0").ShouldBeTrue();
    }

    [Fact]
    public void A_label_that_is_taken_back_in_time_changes_nothing()
    {
        Label("node-0", excluded: true);
        _cluster.Run(10);
        Label("node-0", excluded: false);
        _cluster.Run(60);
        _cluster.State.ControlPlane.LoadBalancer.Serves("node-0").ShouldBeTrue();
    }

    [Theory(DisplayName = "With externalTrafficPolicy Cluster draining alone does not stop traffic through the node")]
    [InlineData(false)]
    [InlineData(true)]
    public void A_machine_that_goes_while_it_serves_breaks_connections(bool label)
    {
        var cloud = new CloudWorld(min: 0, max: 6, desired: 1);
        cloud.Settle();
        var broken = new List<string>();
        cloud.World.Cluster.ControlPlane.LoadBalancer.Broken += (name, _) => broken.Add(name);
        var node = cloud.World.Cluster.Nodes.Objects.Single();
        cloud.World.Cluster.Nodes.Put(node with
        {
            Unschedulable = true,
            Meta = label ? node.Meta with { Labels = node.Meta.Labels.Add(WellKnown.ExcludeFromLoadBalancers, "true") } : node.Meta,
        });
        cloud.Run(TimeSpan.FromSeconds(31));
        cloud.Api.TerminateInstanceInAutoScalingGroup(cloud.InService.Single().Id, decrement: true);
        cloud.Settle();
        broken.ShouldBe(label ? [] : [node.Meta.Name]);
    }

    private void Label(string name, bool excluded)
    {
        var node = _cluster.State.Nodes[TestCluster.Key(name, "")]!;
        var labels = excluded ? node.Meta.Labels.Add(WellKnown.ExcludeFromLoadBalancers, "true") : node.Meta.Labels.Remove(WellKnown.ExcludeFromLoadBalancers);
        _cluster.Api.Update("nodes", node with { Meta = node.Meta with { Labels = labels } }, null);
    }
}
