using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Cluster.Scheduling;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Keeps one pod of each DaemonSet on each node that it selects and tolerates; its pods tolerate cordons and nodes that are not ready (DaemonSet, "Taints and tolerations").</summary>
internal sealed class DaemonSetController
{
    private static readonly ImmutableArray<Toleration> _automatic =
    [
        new(WellKnown.NotReady, "Exists", null, "NoExecute"),
        new(WellKnown.Unreachable, "Exists", null, "NoExecute"),
        new("node.kubernetes.io/disk-pressure", "Exists", null, "NoSchedule"),
        new("node.kubernetes.io/memory-pressure", "Exists", null, "NoSchedule"),
        new("node.kubernetes.io/pid-pressure", "Exists", null, "NoSchedule"),
        new(WellKnown.NotReady, "Exists", null, "NoSchedule"),
        new(WellKnown.Unreachable, "Exists", null, "NoSchedule"),
        new(WellKnown.Unschedulable, "Exists", null, "NoSchedule"),
    ];

    private readonly ClusterState _cluster;
    private readonly PodFactory _factory;
    private readonly WorkQueue<(ObjectKey Set, string Node)> _nodes;
    private readonly WorkQueue<ObjectKey> _status;

    internal DaemonSetController(ClusterState cluster, PodFactory factory)
    {
        (_cluster, _factory) = (cluster, factory);
        _nodes = new(cluster, item => Place(item.Set, item.Node));
        _status = new(cluster, Count);
    }

    /// <summary>The set changed: look at every node.</summary>
    internal void Mark(ObjectKey set)
    {
        foreach (var slot in _cluster.Index.Nodes)
        {
            _nodes.Mark((set, slot.Name));
        }

        _status.Mark(set);
    }

    /// <summary>A pod of the set changed: look at its node.</summary>
    internal void Mark(ObjectKey set, string? node)
    {
        if (node is not null)
        {
            _nodes.Mark((set, node));
        }

        _status.Mark(set);
    }

    /// <summary>A node came or changed what it lets in: look at every set.</summary>
    internal void MarkNode(string node)
    {
        foreach (var set in _cluster.DaemonSets.Objects)
        {
            Mark(set.Meta.Key, node);
        }
    }

    private void Place(ObjectKey key, string name)
    {
        if (_cluster.DaemonSets[key] is not { Meta.DeletionTimestamp: null } set || _cluster.Nodes[new ObjectKey("", name)] is not { Meta.DeletionTimestamp: null } node || !BelongsOn(set, node))
        {
            return;
        }

        var slot = _cluster.Index.Node(name);
        if (slot is null || slot.Pods.Any(entry => entry.Pod.Phase is PodPhase.Pending or PodPhase.Running && entry.Pod.Meta.Controller?.Uid == set.Meta.Uid))
        {
            return;
        }

        _factory.Create(set, "apps/v1", _factory.NewName(set), replaces: null, nodeName: name);
    }

    private void Count(ObjectKey key)
    {
        if (_cluster.DaemonSets[key] is not { } set)
        {
            return;
        }

        var wanted = _cluster.Nodes.Objects.Count(node => BelongsOn(set, node));
        var (current, ready) = (0, 0);
        foreach (var entry in _cluster.Index.OwnedBy(set.Meta.Uid))
        {
            current += entry.Pod.IsActive ? 1 : 0;
            ready += entry.Pod is { IsActive: true, Ready: true } ? 1 : 0;
        }

        if (set.Replicas != wanted || set.Current != current || set.ReadyReplicas != ready || set.ObservedGeneration != set.Meta.Generation)
        {
            _cluster.DaemonSets.Put(set with { Replicas = wanted, Current = current, ReadyReplicas = ready, ObservedGeneration = set.Meta.Generation });
        }
    }

    private static bool BelongsOn(DaemonSet set, Node node) =>
        NodeFit.Selects(set.Template, node)
        && node.Taints.All(taint => taint.Effect == "PreferNoSchedule" || NodeFit.Tolerated(set.Template.Tolerations, taint) || NodeFit.Tolerated(_automatic, taint));
}
