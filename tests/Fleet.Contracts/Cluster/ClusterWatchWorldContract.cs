using Fleet.Core.Disruption;

namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of the view: that it is all of it, volumes, time that passes, and denials.</summary>
public abstract class ClusterWatchWorldContract : ClusterWatchContract
{
    private IClusterStage Stage => (IClusterStage)Server;

    [Fact]
    public async Task The_view_shows_the_whole_world()
    {
        var view = await ViewAsync();

        view.KubeSystemUid.ShouldNotBeEmpty();
        view.Nodes.Count.ShouldBe(3);
        view.Nodes.Values.ShouldAllBe(node => node.Schedulable && node.InstanceId!.StartsWith("i-") && node.ProviderId!.EndsWith(node.InstanceId) && node.CsiDrivers.Contains("ebs.csi.aws.com") && node.Allocatable.MilliCpu == 4000);
        view.Nodes.Values.Select(node => node.Zone).Distinct().Count().ShouldBe(3);
        view.NodeOf(view.Nodes.Values.First().InstanceId!).ShouldNotBeNull();
        view.Budgets.Keys.ShouldBe(["default/web", "default/solid", "default/api-one", "default/api-two"], ignoreOrder: true);
        view.Budgets["default/web"].Limit.ShouldBe("minAvailable 2");
        view.Budgets["default/web"].DisruptionsAllowed.ShouldBe(1);
        view.Owners.Values.Select(owner => owner.Key.Kind).Where(kind => kind != "Deployment").Distinct().ShouldBe(["ReplicaSet", "StatefulSet", "DaemonSet", "Job"], ignoreOrder: true);
        view.Owners.Values.Single(owner => owner.Key.Kind == "DaemonSet").DaemonTemplate.ShouldNotBeNull();
        view.Unscheduled.ShouldBeEmpty();

        var web = (await PodsAsync("web"))[0];
        (web.Ready, web.Phase, web.Owner!.Kind, web.GraceSeconds).ShouldBe((true, PodPhase.Running, "ReplicaSet", 30));
        web.Annotations.ShouldContainKey("karpenter.sh/do-not-disrupt");
        web.Requests.ShouldBe(new Resources { MilliCpu = 100, MemoryBytes = 64 << 20, Pods = 1 });
        view.Owners[web.Owner.Uid].Parent!.Kind.ShouldBe("Deployment");
        (await PodsAsync("api"))[0].AntiAffinity.ShouldHaveSingleItem().TopologyKey.ShouldBe("kubernetes.io/hostname");
        (await PodsAsync("api"))[0].EmptyDir.ShouldBeTrue();
    }

    [Fact]
    public async Task A_pod_with_a_volume_is_bound_to_its_zone_and_attached_to_its_node()
    {
        var view = await ViewAsync();
        var pod = (await PodsAsync("db"))[0];

        pod.Volumes.ShouldHaveSingleItem();
        pod.VolumeZones.ShouldNotBeNull().ShouldBe([view.Nodes[pod.Node!].Zone]);
        view.Attachments.Values.ShouldContain(attachment => attachment.Node == pod.Node && attachment.Volume == pod.Volumes[0]);
    }

    [Fact]
    public async Task What_changes_in_the_cluster_changes_the_view_and_ends_the_wait()
    {
        var pod = (await PodsAsync("free"))[0];
        var waiting = Stage.Watch.WaitForChangeAsync(await ViewAsync(), DateTimeOffset.MaxValue, None);

        await Stage.Evictions.EvictAsync(pod, None);
        await waiting;

        var later = await UntilAsync(
            world => !world.Cluster.Pods.Objects.Any(one => one.Meta.Uid == pod.Uid) && world.Cluster.Pods.Objects.Count(one => one.Meta.Name.StartsWith("free") && one.Ready) == 2,
            view => !view.Pods.ContainsKey(pod.Uid) && view.PodsOf(pod.Owner!.Uid).Count(one => one.Ready) == 2);
        later.PodsOn(pod.Node!).ShouldNotContain(one => one.Uid == pod.Uid);
    }

    [Fact]
    public async Task A_list_that_is_denied_says_that_it_is_forbidden()
    {
        Stage.World.Faults.Deny("list pods");

        (await Should.ThrowAsync<ClusterUnreachableException>(() => Stage.Watch.ViewAsync(None))).Code.ShouldBe("forbidden");
    }
}
