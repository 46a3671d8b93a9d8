using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Nodes;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Cluster.Scheduling;

namespace Fleet.Simulation.Cluster;

/// <summary>What acts on the cluster's objects by itself: scheduler, workload controllers, disruption controller, garbage collector, kubelets, volumes, nodes, load balancers. All of it answers to changes through the timeline, never inside one.</summary>
public sealed class ControlPlane
{
    private readonly Succession _succession = new();
    private readonly Scheduler _scheduler;
    private readonly Kubelet _kubelet;
    private readonly VolumeController _volumes;
    private readonly DisruptionController _disruption;
    private readonly GarbageCollector _garbage;
    private readonly NamespaceController _namespaces;
    private readonly PodCollector _pods;
    private readonly TaintManager _taints;
    private readonly ReplicaSetController _replicaSets;
    private readonly DeploymentController _deployments;
    private readonly StatefulSetController _statefulSets;
    private readonly DaemonSetController _daemonSets;
    private readonly JobController _jobs;

    internal ControlPlane(ClusterState cluster)
    {
        Events = new EventRecorder(cluster);
        Faults = new PodFaults(cluster);
        LoadBalancer = new LoadBalancer(cluster);
        var factory = new PodFactory(cluster);
        _scheduler = new Scheduler(cluster, Events);
        VolumeController? volumes = null;
        _kubelet = new Kubelet(cluster, Events, Faults) { VolumesReady = pod => volumes!.Ready(pod) };
        _volumes = volumes = new VolumeController(cluster, Events) { Kubelet = _kubelet };
        Nodes = new NodeController(cluster, _kubelet, Events);
        Nodes.Stopped += LoadBalancer.Vanish;
        _disruption = new DisruptionController(cluster, Events);
        _garbage = new GarbageCollector(cluster);
        _namespaces = new NamespaceController(cluster);
        _pods = new PodCollector(cluster);
        _taints = new TaintManager(cluster, Events);
        _replicaSets = new ReplicaSetController(cluster, factory, _succession);
        _deployments = new DeploymentController(cluster, factory);
        _statefulSets = new StatefulSetController(cluster, factory, _succession);
        _daemonSets = new DaemonSetController(cluster, factory);
        _jobs = new JobController(cluster, factory, _succession);
    }

    /// <summary>Nodes and the machines under them.</summary>
    public NodeController Nodes { get; }

    /// <summary>Which nodes get traffic from outside.</summary>
    public LoadBalancer LoadBalancer { get; }

    /// <summary>World only: pods that are kept from being Ready.</summary>
    public PodFaults Faults { get; }

    /// <summary>Writes Events.</summary>
    public EventRecorder Events { get; }

    internal void Observe(Change change)
    {
        if (change.Object is ClusterEvent or Lease)
        {
            return;
        }

        _succession.Observe(change);
        _scheduler.Observe(change);
        _kubelet.Observe(change);
        _volumes.Observe(change);
        _disruption.Observe(change);
        _garbage.Observe(change);
        _namespaces.Observe(change);
        _pods.Observe(change);
        _taints.Observe(change);
        LoadBalancer.Observe(change);
        MarkWorkloads(change);
    }

    private void MarkWorkloads(Change change)
    {
        switch (change.Object)
        {
            case Pod { Meta.Controller: { } owner } pod:
                MarkOwner(new ObjectKey(pod.Meta.Namespace, owner.Name), owner.Kind, pod.NodeName);
                break;
            case ReplicaSet set:
                _replicaSets.Mark(set.Meta.Key);
                if (set.Meta.Controller is { Kind: nameof(Deployment) } parent)
                {
                    _deployments.Mark(new ObjectKey(set.Meta.Namespace, parent.Name));
                }

                break;
            case Deployment deployment:
                _deployments.Mark(deployment.Meta.Key);
                break;
            case StatefulSet set:
                _statefulSets.Mark(set.Meta.Key);
                break;
            case DaemonSet set when change.Before is not DaemonSet before || before.Meta.Generation != set.Meta.Generation:
                _daemonSets.Mark(set.Meta.Key);
                break;
            case Job job:
                _jobs.Mark(job.Meta.Key);
                break;
            case Node node when change.Before is not Node before || before.Taints != node.Taints || before.Meta.Labels != node.Meta.Labels:
                _daemonSets.MarkNode(node.Meta.Name);
                break;
        }
    }

    private void MarkOwner(ObjectKey owner, string kind, string? node)
    {
        switch (kind)
        {
            case nameof(ReplicaSet):
                _replicaSets.Mark(owner);
                break;
            case nameof(StatefulSet):
                _statefulSets.Mark(owner);
                break;
            case nameof(DaemonSet):
                _daemonSets.Mark(owner, node);
                break;
            case nameof(Job):
                _jobs.Mark(owner);
                break;
        }
    }
}
