using Fleet.Core.Disruption;

namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must show in the watched view.</summary>
public abstract class ClusterWatchContract : ClusterSuite
{
    [Fact]
    public async Task The_view_shows_nodes_pods_budgets_and_owners()
    {
        var view = await ViewAsync();

        view.KubeSystemUid.ShouldNotBeEmpty();
        view.Nodes.Values.ShouldContain(node => node.Schedulable && node.Allocatable.MilliCpu > 0 && node.Allocatable.Pods > 0);
        view.Budgets[$"{Server.Namespace}/web"].Limit.ShouldBe("minAvailable 2");
        view.Budgets[$"{Server.Namespace}/solid"].DisruptionsAllowed.ShouldBe(0);

        var web = (await PodsAsync("web"))[0];
        (web.Ready, web.Phase, web.Owner!.Kind).ShouldBe((true, PodPhase.Running, "ReplicaSet"));
        view.Nodes.ShouldContainKey(web.Node!);
        web.Requests.ShouldBe(new Resources { MilliCpu = 100, MemoryBytes = 64 << 20, Pods = 1 });
        (view.Owners[web.Owner.Uid].Parent!.Kind, view.Owners[web.Owner.Uid].Parent!.Name).ShouldBe(("Deployment", "web"));
        (await PodsAsync("api"))[0].AntiAffinity.ShouldHaveSingleItem().TopologyKey.ShouldBe("kubernetes.io/hostname");
        (await PodsAsync("api"))[0].EmptyDir.ShouldBeTrue();
    }

    [Fact]
    public async Task What_is_written_is_in_the_view_and_ends_the_wait()
    {
        var pod = (await PodsAsync("free"))[0];
        var waiting = Server.Watch.WaitForChangeAsync(await ViewAsync(), DateTimeOffset.MaxValue, None);

        await Server.Evictions.EvictAsync(pod, None);
        await waiting;

        (await ViewAsync()).Pods.Values.ShouldAllBe(other => other.Uid != pod.Uid || other.DeletionDue != null);
    }
}
