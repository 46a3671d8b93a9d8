using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Tests.Cloud;

namespace Fleet.Simulation.Tests.Cluster;

/// <summary>Volumes, sentence by sentence.</summary>
public sealed class VolumeTests
{
    [Fact(DisplayName = "a PersistentVolume is bound to a zone; the replacement must come up there")]
    public void A_replacement_must_come_up_in_the_zone_of_its_volume()
    {
        var cluster = new TestCluster().Nodes(2, zones: 2);
        cluster.StatefulSet("db", 1, claims: "data");
        cluster.Run(20);
        var first = cluster.Pod("db-0");
        var volume = cluster.State.Volumes.Objects.ShouldHaveSingleItem();
        volume.Zone.ShouldBe(cluster.State.Nodes[TestCluster.Key(first.NodeName!, "")]!.Meta.Labels[WellKnown.Zone]);
        cluster.State.Claims[TestCluster.Key("data-db-0")]!.VolumeName.ShouldBe(volume.Meta.Name);
        cluster.Cordon(first.NodeName!);
        cluster.Api.Evict(first.Meta.Key);
        cluster.Run(60);
        cluster.Pod("db-0").Unschedulable.ShouldBe("0/2 nodes are available: 1 node(s) had volume node affinity conflict, 1 node(s) were unschedulable.");
        cluster.Node("late", volume.Zone);
        cluster.Run(60);
        (cluster.Pod("db-0").NodeName, cluster.Pod("db-0").Ready).ShouldBe(("late", true));
    }

    [Fact(DisplayName = "Until the node's VolumeAttachments are gone the volume cannot be attached elsewhere")]
    public void A_volume_is_attached_to_one_node_at_a_time()
    {
        var cluster = new TestCluster().Nodes(2);
        cluster.StatefulSet("db", 1, claims: "data");
        cluster.Run(1);
        cluster.Pod("db-0").Phase.ShouldBe(PodPhase.Pending, "it waits for its volume");
        cluster.State.Attachments.Objects.ShouldHaveSingleItem().Attached.ShouldBeFalse();
        cluster.Run(20);
        var first = cluster.Pod("db-0");
        first.Ready.ShouldBeTrue();
        cluster.Cordon(first.NodeName!);
        cluster.Api.Evict(first.Meta.Key);
        cluster.Run(5);
        var second = cluster.Pod("db-0");
        second.NodeName.ShouldNotBe(first.NodeName);
        second.Phase.ShouldBe(PodPhase.Pending);
        cluster.State.Attachments.Objects.ShouldHaveSingleItem().NodeName.ShouldBe(first.NodeName);
        cluster.State.Events.Objects.ShouldContain(one => one.Reason == "FailedAttachVolume" && one.Message.StartsWith("Multi-Attach error"));
        cluster.Run(15);
        cluster.State.Attachments.Objects.ShouldHaveSingleItem().NodeName.ShouldBe(second.NodeName);
        cluster.Pod("db-0").Ready.ShouldBeTrue();
    }

    [Fact(DisplayName = "killing the node earlier costs a 6 minute forced detach")]
    public void A_killed_node_keeps_its_volumes_for_six_minutes()
    {
        var cloud = new CloudWorld(min: 0, max: 6, desired: 6);
        cloud.Settle();
        var cluster = cloud.World.Cluster;
        cluster.StatefulSets.Put(new StatefulSet
        {
            Meta = new ObjectMeta { Namespace = "default", Name = "db" },
            Selector = LabelSelector.Of("app", "db"),
            Template = TestCluster.Template("db"),
            ClaimTemplates = ["data"],
        });
        cloud.Run(TimeSpan.FromMinutes(1));
        var key = TestCluster.Key("db-0");
        var killed = cluster.Pods[key]!.NodeName!;
        var died = cloud.World.Now;
        cloud.Api.TerminateInstanceInAutoScalingGroup(cloud.InService.Single(one => one.PrivateDnsName == killed).Id, decrement: false);
        cloud.Run(TimeSpan.FromMinutes(5));
        cluster.Nodes[new ObjectKey("", killed)].ShouldBeNull();
        cluster.Pods[key]!.NodeName.ShouldNotBe(killed);
        cluster.Pods[key]!.Phase.ShouldBe(PodPhase.Pending);
        cluster.Attachments.Objects.ShouldHaveSingleItem().NodeName.ShouldBe(killed);
        cloud.Run(TimeSpan.FromMinutes(2));
        cluster.Pods[key]!.Ready.ShouldBeTrue();
        (cluster.Pods[key]!.Started!.Value - died).ShouldBeInRange(TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(6.5));
    }

    [Fact(DisplayName = "those of pods that stay, DaemonSets', never go")]
    public void Attachments_of_pods_that_stay_stay()
    {
        var cluster = new TestCluster().Nodes(1);
        cluster.State.Volumes.Put(new PersistentVolume { Meta = new ObjectMeta { Name = "local" }, Zone = "eu-central-1a", Claim = TestCluster.Key("cache") });
        cluster.State.Claims.Put(new PersistentVolumeClaim { Meta = new ObjectMeta { Namespace = "default", Name = "cache" }, VolumeName = "local" });
        var set = cluster.DaemonSet("agent");
        cluster.State.DaemonSets.Put(set with { Template = set.Template with { Claims = ["cache"] } });
        cluster.StatefulSet("db", 1, claims: "data");
        cluster.Run(30);
        cluster.State.Attachments.Count.ShouldBe(2);
        cluster.Cordon("node-0");
        cluster.Api.Evict(TestCluster.Key("db-0"));
        cluster.Run(600);
        cluster.State.Attachments.Objects.ShouldHaveSingleItem().VolumeName.ShouldBe("local");
    }

    [Fact]
    public void A_pod_whose_claim_is_missing_is_not_placed()
    {
        var cluster = new TestCluster().Nodes(1);
        cluster.Bare("lost", "lost", change: pod => pod with { Claims = ["nowhere"] });
        cluster.Run(5);
        cluster.Pod("lost").Unschedulable.ShouldBe("persistentvolumeclaim \"nowhere\" not found");
    }
}
