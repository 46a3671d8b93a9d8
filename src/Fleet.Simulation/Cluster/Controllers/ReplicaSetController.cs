using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Keeps each ReplicaSet at its number of pods; terminating and finished pods do not count.</summary>
internal sealed class ReplicaSetController
{
    private readonly ClusterState _cluster;
    private readonly PodFactory _factory;
    private readonly Succession _succession;
    private readonly WorkQueue<ObjectKey> _queue;

    internal ReplicaSetController(ClusterState cluster, PodFactory factory, Succession succession)
    {
        (_cluster, _factory, _succession) = (cluster, factory, succession);
        _queue = new(cluster, Reconcile);
    }

    internal void Mark(ObjectKey key) => _queue.Mark(key);

    private void Reconcile(ObjectKey key)
    {
        if (_cluster.ReplicaSets[key] is not { Meta.DeletionTimestamp: null } set)
        {
            return;
        }

        var active = new List<Pod>();
        foreach (var entry in _cluster.Index.OwnedBy(set.Meta.Uid))
        {
            if (entry.Pod.IsActive)
            {
                active.Add(entry.Pod);
            }
        }

        for (var missing = set.Replicas - active.Count; missing > 0; missing--)
        {
            active.Add(_factory.Create(set, "apps/v1", _factory.NewName(set), _succession.Next(set.Meta.Uid)));
        }

        if (active.Count > set.Replicas)
        {
            active.Sort(BestToDeleteFirst);
            foreach (var pod in active.Take(active.Count - set.Replicas).ToList())
            {
                _succession.GiveUp(pod);
                Deletion.DeletePod(_cluster, pod, null);
                active.Remove(pod);
            }
        }

        var ready = active.Count(pod => pod.Ready);
        if (set.Current != active.Count || set.ReadyReplicas != ready || set.ObservedGeneration != set.Meta.Generation)
        {
            _cluster.ReplicaSets.Put(set with { Current = active.Count, ReadyReplicas = ready, ObservedGeneration = set.Meta.Generation });
        }
    }

    /// <summary>ReplicaSet, "Scaling a ReplicaSet": pending before ready, then the newest first.</summary>
    private static int BestToDeleteFirst(Pod a, Pod b)
    {
        var order = (a.NodeName is null ? 0 : 1).CompareTo(b.NodeName is null ? 0 : 1);
        order = order != 0 ? order : a.Ready.CompareTo(b.Ready);
        order = order != 0 ? order : b.Meta.Created.CompareTo(a.Meta.Created);
        return order != 0 ? order : string.CompareOrdinal(a.Meta.Name, b.Meta.Name);
    }
}
