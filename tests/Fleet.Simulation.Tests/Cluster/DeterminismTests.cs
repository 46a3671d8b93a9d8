using System.Globalization;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

public sealed class DeterminismTests
{
    [Fact]
    public void The_same_seed_gives_the_same_history_of_changes()
    {
        var first = History(seed: 7);
        first.Count.ShouldBeGreaterThan(500);
        History(seed: 7).ShouldBe(first);
    }

    [Fact]
    public void Another_seed_gives_other_names() => History(seed: 8).ShouldNotBe(History(seed: 7));

    private static List<string> History(int seed)
    {
        var cluster = new TestCluster(seed).Nodes(9, zones: 3);
        var history = new List<string>();
        cluster.State.Changed += change => history.Add(string.Create(CultureInfo.InvariantCulture,
            $"{cluster.World.Now:O} {change.ResourceVersion} {change.Kind} {change.Resource} {change.Object.Meta.Key} {change.Object.Meta.Uid} {(change.Object as Pod)?.NodeName}"));
        for (var i = 0; i < 5; i++)
        {
            cluster.Deployment($"app-{i}", 6 + i);
            cluster.Budget($"app-{i}", maxUnavailable: "25%");
        }

        cluster.StatefulSet("db", 3, claims: "data");
        cluster.DaemonSet("agent");
        cluster.Run(60);
        for (var node = 0; node < 4; node++)
        {
            Drain(cluster, $"node-{node}");
        }

        return history;
    }

    private static void Drain(TestCluster cluster, string node)
    {
        cluster.Cordon(node);
        for (var round = 0; round < 10; round++)
        {
            foreach (var pod in cluster.State.Index.Node(node)!.Pods.Select(entry => entry.Pod).Where(pod => pod.IsActive && pod.Meta.Controller?.Kind != nameof(DaemonSet)).ToList())
            {
                try
                {
                    cluster.Api.Evict(pod.Meta.Key, new EvictOptions { Uid = pod.Meta.Uid });
                }
                catch (StatusException refusal) when (refusal.Status == 429)
                {
                    // Its turn comes in a later round.
                }
            }

            cluster.Run(5);
        }
    }
}
