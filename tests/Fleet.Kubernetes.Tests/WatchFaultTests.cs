using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using WorldNode = Fleet.Simulation.Cluster.Objects.Node;

namespace Fleet.Kubernetes.Tests;

public sealed class WatchFaultTests
{
    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task After_a_compaction_and_a_broken_watch_the_kind_is_listed_again()
    {
        var drop = new DropConnections();
        await using var stage = await SandboxClusterStage.OpenAsync(drop);
        var name = (await stage.Watch.ViewAsync(None)).Nodes.Keys.Min(StringComparer.Ordinal)!;
        var lists = Lists(stage);

        drop.Down();
        Annotate(stage, name);
        stage.Host.Compact();
        drop.Up();

        await SeeAsync(stage, view => view.Nodes.Values.Any(node => node.Annotations.ContainsKey("team/seen")) && Lists(stage) > lists);
    }

    [Fact]
    public async Task A_watch_that_breaks_goes_on_where_it_was()
    {
        var drop = new DropConnections();
        await using var stage = await SandboxClusterStage.OpenAsync(drop);
        var name = (await stage.Watch.ViewAsync(None)).Nodes.Keys.Min(StringComparer.Ordinal)!;
        var lists = Lists(stage);

        drop.All();
        Annotate(stage, name);

        await SeeAsync(stage, view => view.Nodes.Values.Any(node => node.Annotations.ContainsKey("team/seen")));
        Lists(stage).ShouldBe(lists);
    }

    [Fact]
    public async Task A_list_that_fails_for_a_while_succeeds_in_the_end()
    {
        await using var stage = await SandboxClusterStage.OpenAsync();
        stage.World.Faults.Next("list nodes", WorldFaultKind.ServerError, times: 2);
        stage.World.Faults.Next("list pods", WorldFaultKind.Throttled);

        await SeeAsync(stage, view => view.Nodes.Count == 3 && view.Pods.Count > 3);
    }

    [Fact]
    public async Task A_taint_that_meets_a_conflict_is_put_on_beside_the_others()
    {
        var rival = new BeforePatch();
        await using var stage = await SandboxClusterStage.OpenAsync(rival);
        var node = (await stage.Watch.ViewAsync(None)).Nodes.Values.OrderBy(one => one.Name, StringComparer.Ordinal).First();
        rival.Once = () =>
        {
            var api = new ClusterApi(stage.World, "rival");
            var known = (WorldNode)api.Get("nodes", new ObjectKey("", node.Name));
            api.Update("nodes", known with { Taints = known.Taints.Add(new Taint("team/reserved", null, "NoSchedule")) }, null);
        };

        await stage.Nodes.SetTaintAsync(node.Name, node.Uid, new NodeTaint("fleet/outdated", null, "PreferNoSchedule"), true, None);

        (await stage.Watch.ViewAsync(None)).Nodes[node.Name].Taints.Select(taint => taint.Key).ShouldBe(["team/reserved", "fleet/outdated"], ignoreOrder: true);
    }

    private static int Lists(SandboxClusterStage stage)
    {
        lock (stage.World.Gate)
        {
            return stage.World.Log.Records.Count(call => call.Verb == "list nodes");
        }
    }

    private static void Annotate(SandboxClusterStage stage, string name)
    {
        lock (stage.World.Gate)
        {
            var node = stage.World.Cluster.Nodes[new ObjectKey("", name)]!;
            stage.World.Cluster.Nodes.Put(node with { Meta = node.Meta with { Annotations = node.Meta.Annotations.SetItem("team/seen", "yes") } });
        }
    }

    private static async Task SeeAsync(SandboxClusterStage stage, Func<ClusterView, bool> so)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (true)
        {
            try
            {
                if (so(await stage.Watch.ViewAsync(limit.Token)))
                {
                    return;
                }
            }
            catch (ClusterUnreachableException)
            {
                // The fault under test: the watch goes on by itself.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        }
    }
}
