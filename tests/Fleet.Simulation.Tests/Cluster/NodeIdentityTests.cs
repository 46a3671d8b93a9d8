using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Tests.Cloud;

namespace Fleet.Simulation.Tests.Cluster;

/// <summary>Node identity and a node's life from boot to removal, sentence by sentence.</summary>
public sealed class NodeIdentityTests
{
    private readonly CloudWorld _cloud = new(min: 0, max: 6, desired: 1, with: group => group with { NodeLabels = group.NodeLabels.Add("pool", "workers") });

    private World World => _cloud.World;

    private Instance First => _cloud.Cloud.Instances.Values.First();

    [Fact(DisplayName = "spec.providerID = aws:///ZONE/INSTANCE-ID, unchangeable")]
    public void The_provider_id_names_zone_and_instance_and_stays()
    {
        BootFirst();
        var node = NodeOf(First);
        node.ProviderId.ShouldBe($"aws:///{First.Zone}/{First.Id}");
        var refused = TestCluster.Refused(() => new ClusterApi(World, "x").Update("nodes", node with { ProviderId = "aws:///z/i-0" }, null));
        (refused.Status, refused.Reason).ShouldBe((422, "Invalid"));
        refused.Causes[0].Field.ShouldBe("spec.providerID");
    }

    [Fact(DisplayName = "Usable = Ready, startup taints gone, allocatable registered, its CSINode drivers ready")]
    public void A_node_registers_before_it_is_usable()
    {
        var cloud = new CloudWorld(min: 0, max: 6, desired: 0);
        cloud.Cloud.Put(new NodeProfile { InstanceType = "m5.large", ReadyDelay = TimeSpan.FromSeconds(20), StartupTaints = [new Taint("node.cilium.io/agent-not-ready", null, "NoExecute")] });
        cloud.Api.SetDesiredCapacity(CloudWorld.Group, 1);
        var seen = new List<(TimeSpan Age, bool? Ready, string Taints, int Drivers)>();
        cloud.World.Cluster.Changed += change =>
        {
            if (change.Object is Node node)
            {
                seen.Add((cloud.World.Now - node.Meta.Created, node.Ready, string.Join(' ', node.Taints.Select(taint => taint.Key)), cloud.World.Cluster.CsiNodes[node.Meta.Key]?.Drivers.Length ?? 0));
            }
        };
        cloud.Settle();
        seen.ShouldBe(
        [
            (TimeSpan.Zero, false, $"node.cilium.io/agent-not-ready {WellKnown.Uninitialized} {WellKnown.NotReady}", 0),
            (TimeSpan.FromSeconds(1), false, $"node.cilium.io/agent-not-ready {WellKnown.NotReady}", 0),
            (TimeSpan.FromSeconds(20), true, "", 1),
        ]);
        var instance = cloud.InService.ShouldHaveSingleItem();
        var usable = cloud.World.Cluster.Nodes[new ObjectKey("", instance.PrivateDnsName)]!;
        (usable.Meta.Created - instance.Launched).ShouldBe(cloud.Cloud.BootOf(instance)!.Value + TimeSpan.FromSeconds(4), "from running, 4 s after launch");
        usable.Allocatable.ShouldBe(new NodeProfile { InstanceType = "m5.large" }.Allocatable);
    }

    [Fact]
    public void A_node_bears_the_labels_of_its_machine()
    {
        BootFirst();
        var labels = NodeOf(First).Meta.Labels;
        labels[WellKnown.Zone].ShouldBe(First.Zone);
        labels[WellKnown.Region].ShouldBe("eu-central-1");
        labels[WellKnown.Hostname].ShouldBe(First.PrivateDnsName);
        labels[WellKnown.InstanceType].ShouldBe("m5.large");
        labels["kubernetes.io/arch"].ShouldBe("amd64");
        labels["pool"].ShouldBe("workers");
    }

    [Fact(DisplayName = "Node names made from private DNS are reused: a new instance can inherit a dead Node's cordon, taints and labels")]
    public void A_reused_name_inherits_the_dead_node()
    {
        World.Cluster.Timings = World.Cluster.Timings with { NodeRemoval = TimeSpan.FromMinutes(30) };
        _cloud.Cloud.Addresses.Reuse = true;
        BootFirst();
        var old = First;
        var node = NodeOf(old);
        World.Cluster.Nodes.Put(node with { Unschedulable = true, Taints = [new Taint("mine", null, "NoSchedule")], Meta = node.Meta with { Labels = node.Meta.Labels.Add("mark", "old") } });
        _cloud.Api.TerminateInstanceInAutoScalingGroup(old.Id, decrement: true);
        _cloud.Run(TimeSpan.FromMinutes(1));
        _cloud.Api.SetDesiredCapacity(CloudWorld.Group, 1);
        _cloud.Run(TimeSpan.FromMinutes(10));
        var heir = _cloud.InService.ShouldHaveSingleItem();
        heir.PrivateDnsName.ShouldBe(old.PrivateDnsName);
        var inherited = NodeOf(heir);
        inherited.Meta.Uid.ShouldBe(node.Meta.Uid);
        (inherited.Ready, inherited.Unschedulable, inherited.Meta.Labels["mark"], inherited.Taints.Single().Key).ShouldBe((true, true, "old", "mine"));
        inherited.ProviderId.ShouldBe($"aws:///{old.Zone}/{old.Id}", "it cannot be changed");
    }

    [Fact(DisplayName = "Delete a Node object only after EC2 says terminated, if the cloud controller does not do it")]
    public void The_cloud_controller_removes_the_node_after_ec2_says_terminated()
    {
        BootFirst();
        var (gone, terminated) = (World.Now, World.Now);
        World.Cluster.Changed += change => gone = change is { Kind: ChangeKind.Deleted, Object: Node } ? World.Now : gone;
        _cloud.Cloud.InstanceTerminated += _ => terminated = World.Now;
        _cloud.Api.TerminateInstanceInAutoScalingGroup(First.Id, decrement: true);
        _cloud.Settle();
        (gone - terminated).ShouldBe(TimeSpan.FromSeconds(5));
        World.Cluster.Nodes.Count.ShouldBe(0);
        World.Cluster.CsiNodes.Count.ShouldBe(0);
    }

    [Fact(DisplayName = "with its uid as precondition")]
    public void A_node_is_deleted_by_its_uid_only()
    {
        BootFirst();
        var api = new ClusterApi(World, "x");
        TestCluster.Refused(() => api.Delete("nodes", NodeOf(First).Meta.Key, new DeleteOptions { Uid = "another" })).Status.ShouldBe(409);
        api.Delete("nodes", NodeOf(First).Meta.Key, new DeleteOptions { Uid = NodeOf(First).Meta.Uid });
        World.Cluster.Nodes.Count.ShouldBe(0);
    }

    [Fact]
    public void A_machine_that_goes_undrained_takes_its_pods_with_it()
    {
        BootFirst();
        World.Cluster.Deployments.Put(new Deployment
        {
            Meta = new ObjectMeta { Namespace = "default", Name = "web" },
            Selector = LabelSelector.Of("app", "web"),
            Template = TestCluster.Template("web"),
        });
        _cloud.Run(TimeSpan.FromSeconds(10));
        var pod = World.Cluster.Pods.Objects.ShouldHaveSingleItem();
        pod.Ready.ShouldBeTrue();
        _cloud.Api.TerminateInstanceInAutoScalingGroup(First.Id, decrement: false);
        _cloud.Run(TimeSpan.FromSeconds(3));
        var dead = World.Cluster.Pods[pod.Meta.Key]!;
        (dead.Ready, dead.ContainersEnded, NodeOf(First).Ready).ShouldBe((false, true, true), "the pod is known to be dead before its node is");
        _cloud.Settle();
        World.Cluster.Pods[pod.Meta.Key].ShouldBeNull();
        World.Cluster.Pods.Objects.ShouldHaveSingleItem().ReplacesUid.ShouldBe(pod.Meta.Uid);
    }

    [Fact]
    public void A_silent_kubelet_makes_its_node_unknown_and_unreachable()
    {
        _cloud.Cloud.Put(new NodeProfile { InstanceType = "m5.large", Shutdown = TimeSpan.FromMinutes(5) });
        BootFirst();
        _cloud.Api.TerminateInstanceInAutoScalingGroup(First.Id, decrement: true);
        _cloud.Run(TimeSpan.FromSeconds(39));
        NodeOf(First).Ready.ShouldBe(true);
        _cloud.Run(TimeSpan.FromSeconds(2));
        NodeOf(First).Ready.ShouldBeNull();
        NodeOf(First).Taints.Select(taint => (taint.Key, taint.Effect)).ShouldBe([(WellKnown.Unreachable, "NoSchedule"), (WellKnown.Unreachable, "NoExecute")]);
        World.Cluster.Events.Objects.ShouldContain(one => one.Reason == "NodeNotReady");
    }

    [Fact]
    public void A_launch_that_never_boots_never_joins_and_one_that_is_never_ready_stays_tainted()
    {
        var cloud = new CloudWorld(min: 0, max: 6, desired: 0);
        cloud.Cloud.NeverBoots.Add(1);
        cloud.Cloud.NeverReady.Add(2);
        cloud.Api.SetDesiredCapacity(CloudWorld.Group, 2);
        cloud.Run(TimeSpan.FromHours(1));
        cloud.InService.Count.ShouldBe(2);
        var node = cloud.World.Cluster.Nodes.Objects.ShouldHaveSingleItem();
        node.ProviderId.ShouldEndWith(cloud.InService.Single(one => one.Number == 2).Id);
        node.Ready.ShouldBe(false);
        node.Taints.ShouldHaveSingleItem().Key.ShouldBe(WellKnown.NotReady);
    }

    private void BootFirst() => _cloud.Settle();

    private Node NodeOf(Instance instance) => World.Cluster.Nodes[new ObjectKey("", instance.PrivateDnsName)].ShouldNotBeNull();
}
