using System.Collections.Immutable;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>A node's life as its machine, its kubelet, the node lifecycle controller and the cloud controller make it: registers, is initialised, becomes Ready, falls silent, goes after EC2 says terminated.</summary>
public sealed class NodeController
{
    private readonly ClusterState _cluster;
    private readonly Kubelet _kubelet;
    private readonly EventRecorder _events;

    internal NodeController(ClusterState cluster, Kubelet kubelet, EventRecorder events) => (_cluster, _kubelet, _events) = (cluster, kubelet, events);

    /// <summary>Raised when the machine behind a node has begun to go, with the node's name.</summary>
    internal event Action<string>? Stopped;

    private World World => _cluster.World;

    /// <summary>Lets an instance join at once, as one does that has long been booted: registered, Ready, without startup taints, its CSI drivers there.</summary>
    public Node Join(Instance instance)
    {
        var profile = World.Cloud.ProfileOf(instance);
        var node = Describe(instance, profile);
        _kubelet.Revive(node.Meta.Name);
        _cluster.CsiNodes.Put(new CsiNode { Meta = new ObjectMeta { Name = node.Meta.Name }, Drivers = profile.CsiDrivers });
        return _cluster.Nodes.Put(node with { Ready = true, ReadyChanged = World.Now, Taints = instance.NodeTaints });
    }

    internal void Watch(CloudState cloud)
    {
        cloud.InstanceStarted += id => Boot(cloud, cloud.Instances[id]);
        cloud.InstanceStopping += id => Stop(cloud.Instances[id]);
        cloud.InstanceTerminated += id => Gone(cloud.Instances[id]);
    }

    private static string ProviderOf(Instance instance) => $"aws:///{instance.Zone}/{instance.Id}";

    private void Boot(CloudState cloud, Instance started)
    {
        if (started.Joins && cloud.BootOf(started) is { } boot)
        {
            World.Timeline.After(boot, () => Arrive(cloud, started.Id, World.Now + UserDataJoin.Limit));
        }
    }

    private void Arrive(CloudState cloud, string id, DateTimeOffset until)
    {
        if (cloud.Instances.GetValueOrDefault(id) is not { State: InstanceState.Running } instance || Find(instance) is not null)
        {
            return;
        }

        if (UserDataJoin.Succeeds(World, instance))
        {
            Register(cloud, instance);
        }
        else if (World.Now < until)
        {
            World.Timeline.After(UserDataJoin.Pause, () => Arrive(cloud, id, until));
        }
    }

    private void Register(CloudState cloud, Instance instance)
    {
        var profile = cloud.ProfileOf(instance);
        var fresh = Describe(instance, profile);
        var key = fresh.Meta.Key;
        _kubelet.Revive(key.Name);
        if (_cluster.Nodes[key] is { } old)
        {
            // The name is used again before the dead Node is gone: the kubelet takes the object over as it is, with cordon, taints, labels and the unchangeable providerID.
            _cluster.Nodes.Put(old with { Ready = false, ReadyChanged = World.Now, InternalIp = fresh.InternalIp, ImageId = fresh.ImageId, Allocatable = fresh.Allocatable });
        }
        else
        {
            _cluster.Nodes.Put(fresh with
            {
                Taints = [.. instance.NodeTaints, .. profile.StartupTaints, new Taint(WellKnown.Uninitialized, "true", "NoSchedule"), new Taint(WellKnown.NotReady, null, "NoSchedule")],
            });
            _cluster.CsiNodes.Put(new CsiNode { Meta = new ObjectMeta { Name = key.Name } });
        }

        World.Timeline.After(_cluster.Timings.Initialise, () => Change(instance, node => node with { Taints = Without(node, WellKnown.Uninitialized) }));
        if (!cloud.IsNeverReady(instance))
        {
            World.Timeline.After(profile.ReadyDelay, () => BecomeReady(instance, profile));
        }
    }

    private void BecomeReady(Instance instance, NodeProfile profile)
    {
        var name = instance.PrivateDnsName;
        if (_kubelet.IsSilent(name) || World.Cloud.Instances.GetValueOrDefault(instance.Id) is not { State: InstanceState.Running })
        {
            return;
        }

        if (_cluster.CsiNodes[new ObjectKey("", name)] is { } csi)
        {
            _cluster.CsiNodes.Put(csi with { Drivers = profile.CsiDrivers });
        }

        var startup = profile.StartupTaints.Select(taint => taint.Key).ToHashSet();
        Change(instance, node => node with
        {
            Ready = true,
            ReadyChanged = World.Now,
            Taints = [.. node.Taints.Where(taint => taint.Key is not (WellKnown.NotReady or WellKnown.Unreachable) && !startup.Contains(taint.Key))],
        });
        if (_cluster.Nodes[new ObjectKey("", name)] is { } ready)
        {
            _events.Note(ready, "Node", "kubelet", "NodeReady", $"Node {name} status is now: NodeReady");
        }
    }

    private void Stop(Instance instance)
    {
        if (Find(instance) is not { } node)
        {
            return;
        }

        _kubelet.Silence(node.Meta.Name);
        Stopped?.Invoke(node.Meta.Name);
        World.Timeline.After(_cluster.Timings.NodeMonitorGrace, () =>
        {
            if (Find(instance) is { Ready: not null } silent && _kubelet.IsSilent(silent.Meta.Name))
            {
                var lost = new Taint(WellKnown.Unreachable, null, "NoSchedule");
                _cluster.Nodes.Put(silent with { Ready = null, ReadyChanged = World.Now, Taints = [.. Without(silent, WellKnown.NotReady), lost, lost with { Effect = "NoExecute" }] });
                _events.Note(silent, "Node", "node-controller", "NodeNotReady", $"Node {silent.Meta.Name} status is now: NodeNotReady");
            }
        });
    }

    private void Gone(Instance instance) =>
        World.Timeline.After(_cluster.Timings.NodeRemoval, () =>
        {
            if (Find(instance) is { } node)
            {
                _events.Note(node, "Node", "cloud-node-lifecycle-controller", "DeletingNode", $"Deleting node {node.Meta.Name} because it does not exist in the cloud provider");
                _cluster.Nodes.Remove(node.Meta.Key);
            }
        });

    private Node? Find(Instance instance) =>
        _cluster.Nodes[new ObjectKey("", instance.PrivateDnsName)] is { } node && node.ProviderId == ProviderOf(instance) ? node : null;

    /// <summary>Changes the Node object that bears the machine's name, whether it is the machine's own or an inherited one.</summary>
    private void Change(Instance instance, Func<Node, Node> change)
    {
        if (_cluster.Nodes[new ObjectKey("", instance.PrivateDnsName)] is { } node)
        {
            _cluster.Nodes.Put(change(node));
        }
    }

    private static ImmutableArray<Taint> Without(Node node, string key) => [.. node.Taints.Where(taint => taint.Key != key)];

    private Node Describe(Instance instance, NodeProfile profile) => new()
    {
        Meta = new ObjectMeta
        {
            Name = instance.PrivateDnsName,
            Labels = ObjectMeta.NoLabels
                .Add(WellKnown.Zone, instance.Zone)
                .Add(WellKnown.Region, World.Cloud.Region)
                .Add(WellKnown.Hostname, instance.PrivateDnsName)
                .Add(WellKnown.InstanceType, instance.InstanceType)
                .Add("kubernetes.io/os", "linux")
                .Add("kubernetes.io/arch", profile.Architecture == "x86_64" ? "amd64" : profile.Architecture)
                .SetItems(instance.NodeLabels),
        },
        ProviderId = ProviderOf(instance),
        Allocatable = profile.Allocatable,
        Ready = false,
        ReadyChanged = World.Now,
        InternalIp = instance.PrivateIp,
        ImageId = instance.ImageId,
        KubeletVersion = World.Cloud.Images.TryGetValue(instance.ImageId, out var image) ? image.KubeletVersion : Node.DefaultKubeletVersion,
    };
}
