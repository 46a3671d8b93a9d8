using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Cascading deletion by owner references (Garbage Collection): dependents go after their owner, before it (foreground), or stay without it (orphan).</summary>
internal sealed class GarbageCollector
{
    private readonly ClusterState _cluster;
    private readonly WorkQueue<(string Resource, ObjectKey Key)> _terminating;
    private readonly WorkQueue<string> _orphans;

    internal GarbageCollector(ClusterState cluster)
    {
        _cluster = cluster;
        _terminating = new(cluster, item => Advance(item.Resource, item.Key));
        _orphans = new(cluster, Collect);
    }

    internal void Observe(Change change)
    {
        if (change.Object is ClusterEvent or Node)
        {
            return;
        }

        if (change.Kind == ChangeKind.Deleted)
        {
            if (change.Object is not Pod)
            {
                _orphans.Mark(change.Object.Meta.Uid);
            }

            foreach (var owner in change.Object.Meta.Owners)
            {
                MarkOwner(change.Object.Meta.Namespace, owner);
            }
        }
        else if (change.Object is Workload { Meta: { DeletionTimestamp: not null, Finalizers.IsEmpty: false } } workload)
        {
            _terminating.Mark((change.Resource, workload.Meta.Key));
        }
    }

    private void MarkOwner(string ns, OwnerReference owner)
    {
        var resource = owner.Kind switch
        {
            nameof(Deployment) => _cluster.Deployments.Resource,
            nameof(ReplicaSet) => _cluster.ReplicaSets.Resource,
            nameof(StatefulSet) => _cluster.StatefulSets.Resource,
            nameof(DaemonSet) => _cluster.DaemonSets.Resource,
            nameof(Job) => _cluster.Jobs.Resource,
            _ => null,
        };
        var key = new ObjectKey(ns, owner.Name);
        if (resource is not null && _cluster.Table(resource).Find(key) is { Meta.DeletionTimestamp: not null })
        {
            _terminating.Mark((resource, key));
        }
    }

    private void Collect(string owner)
    {
        foreach (var (resource, key) in _cluster.Index.DependentsOf(owner).ToList())
        {
            if (_cluster.Table(resource).Find(key) is { } dependent)
            {
                Deletion.Delete(_cluster, _cluster.Table(resource), dependent, new DeleteOptions());
            }
        }

        foreach (var entry in _cluster.Index.OwnedBy(owner).ToList())
        {
            Deletion.DeletePod(_cluster, entry.Pod, null);
        }
    }

    private void Advance(string resource, ObjectKey key)
    {
        if (_cluster.Table(resource).Find(key) is not { Meta.DeletionTimestamp: not null } owner)
        {
            return;
        }

        var uid = owner.Meta.Uid;
        if (owner.Meta.Finalizers.Contains(Deletion.OrphanDependents))
        {
            Release(uid);
            Finish(resource, owner, Deletion.OrphanDependents);
        }
        else if (owner.Meta.Finalizers.Contains(Deletion.Foreground))
        {
            foreach (var (kind, dependent) in _cluster.Index.DependentsOf(uid).ToList())
            {
                if (_cluster.Table(kind).Find(dependent) is { Meta.DeletionTimestamp: null } found)
                {
                    Deletion.Delete(_cluster, _cluster.Table(kind), found, new DeleteOptions { Propagation = Propagation.Foreground });
                }
            }

            foreach (var entry in _cluster.Index.OwnedBy(uid).Where(entry => entry.Pod.Meta.DeletionTimestamp is null).ToList())
            {
                Deletion.DeletePod(_cluster, entry.Pod, null);
            }

            if (_cluster.Index.DependentsOf(uid).Count == 0 && _cluster.Index.OwnedBy(uid).Count == 0)
            {
                Finish(resource, owner, Deletion.Foreground);
            }
        }
    }

    private void Release(string owner)
    {
        foreach (var (resource, key) in _cluster.Index.DependentsOf(owner).ToList())
        {
            if (_cluster.Table(resource).Find(key) is { } dependent)
            {
                _cluster.Table(resource).Put(Without(dependent, owner));
            }
        }

        foreach (var entry in _cluster.Index.OwnedBy(owner).ToList())
        {
            _cluster.Pods.Put((Pod)Without(entry.Pod, owner));
        }
    }

    private static WorldObject Without(WorldObject dependent, string owner) =>
        dependent with { Meta = dependent.Meta with { Owners = [.. dependent.Meta.Owners.Where(one => one.Uid != owner)] } };

    private void Finish(string resource, WorldObject owner, string finalizer)
    {
        var left = owner.Meta.Finalizers.Remove(finalizer);
        if (left.IsEmpty)
        {
            _cluster.Table(resource).Remove(owner.Meta.Key);
        }
        else
        {
            _cluster.Table(resource).Put(owner with { Meta = owner.Meta with { Finalizers = left } });
        }
    }
}
