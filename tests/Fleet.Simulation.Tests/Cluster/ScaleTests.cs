using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

public sealed class ScaleTests
{
    [Fact]
    public void A_thousand_nodes_with_thirty_thousand_pods_settle_and_drain()
    {
        var cluster = new TestCluster().Nodes(1000, zones: 3);
        for (var i = 0; i < 200; i++)
        {
            cluster.Deployment($"app-{i}", 150, template => template with { Requests = new Resources(100, 256L << 20, 1) });
            cluster.Budget($"app-{i}", maxUnavailable: "10%");
        }

        cluster.Run(60);
        cluster.State.Pods.Objects.Count(pod => pod.Ready).ShouldBe(30_000);
        cluster.State.Budgets.Objects.ShouldAllBe(budget => budget.DisruptionsAllowed == 15);
        for (var i = 0; i < 20; i++)
        {
            var node = $"node-{i}";
            cluster.Cordon(node);
            foreach (var pod in cluster.State.Index.Node(node)!.Pods.Select(entry => entry.Pod).ToList())
            {
                cluster.Api.Evict(pod.Meta.Key, new EvictOptions { Uid = pod.Meta.Uid });
            }

            cluster.Run(20);
            cluster.State.Index.Node(node)!.Pods.ShouldBeEmpty();
        }

        cluster.State.Pods.Objects.Count(pod => pod.Ready).ShouldBe(30_000);
    }
}
