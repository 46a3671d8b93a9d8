using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Empties a terminating namespace and lets it go when nothing is left in it.</summary>
internal sealed class NamespaceController
{
    private static readonly TimeSpan _again = TimeSpan.FromSeconds(1);

    private readonly ClusterState _cluster;
    private readonly WorkQueue<ObjectKey> _queue;

    internal NamespaceController(ClusterState cluster)
    {
        _cluster = cluster;
        _queue = new(cluster, Empty);
    }

    internal void Observe(Change change)
    {
        if (change.Kind == ChangeKind.Modified && change.Resource == "namespaces" && change.Object.Meta.DeletionTimestamp is not null)
        {
            _queue.Mark(change.Object.Meta.Key);
        }
    }

    private void Empty(ObjectKey key)
    {
        if (_cluster.Namespaces[key] is not { Meta.DeletionTimestamp: not null } ns)
        {
            return;
        }

        var left = 0;
        foreach (var table in _cluster.Tables.Where(table => table.Namespaced))
        {
            foreach (var one in table.All.Where(one => one.Meta.Namespace == key.Name).ToList())
            {
                left++;
                if (one.Meta.DeletionTimestamp is null)
                {
                    Deletion.Delete(_cluster, table, one, new DeleteOptions());
                }
            }
        }

        if (left > 0)
        {
            _cluster.World.Timeline.After(_again, () => _queue.Mark(key));
        }
        else if (ns.Meta.Finalizers.Remove(Deletion.Content) is { IsEmpty: false } others)
        {
            _cluster.Namespaces.Put(ns with { Meta = ns.Meta with { Finalizers = others } });
        }
        else
        {
            _cluster.Namespaces.Remove(key);
        }
    }
}
