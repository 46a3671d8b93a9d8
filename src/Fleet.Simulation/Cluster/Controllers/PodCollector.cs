using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Removes the pods of a Node object that has gone (pod garbage collection), a moment after it.</summary>
internal sealed class PodCollector
{
    private readonly ClusterState _cluster;
    private readonly WorkQueue<string> _queue;

    internal PodCollector(ClusterState cluster)
    {
        _cluster = cluster;
        _queue = new(cluster, Collect);
    }

    internal void Observe(Change change)
    {
        if (change is { Kind: ChangeKind.Deleted, Object: Node node })
        {
            _cluster.CsiNodes.Remove(node.Meta.Key);
            _queue.Mark(node.Meta.Name);
        }
    }

    private void Collect(string node)
    {
        if (_cluster.Nodes[new ObjectKey("", node)] is not null)
        {
            return;
        }

        foreach (var entry in (_cluster.Index.Node(node)?.Pods ?? []).ToList())
        {
            var pod = entry.Pod;
            if (pod.Meta.Finalizers.IsEmpty)
            {
                _cluster.Pods.Remove(pod.Meta.Key);
            }
            else if (!pod.ContainersEnded || pod.Meta.DeletionTimestamp is null)
            {
                _cluster.Pods.Put(pod with
                {
                    ContainersEnded = true,
                    Ready = false,
                    Phase = PodPhase.Failed,
                    Meta = pod.Meta with { DeletionTimestamp = pod.Meta.DeletionTimestamp ?? _cluster.World.Now, DeletionGraceSeconds = 0 },
                });
            }
        }
    }
}
