using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Rolls Deployments: a ReplicaSet for each template, the new one raised within maxSurge, the old ones lowered within maxUnavailable.</summary>
internal sealed class DeploymentController
{
    private const string HashLabel = "pod-template-hash";

    private readonly ClusterState _cluster;
    private readonly PodFactory _factory;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly Dictionary<string, (PodTemplate Template, string Hash)> _hashes = new(StringComparer.Ordinal);

    internal DeploymentController(ClusterState cluster, PodFactory factory)
    {
        (_cluster, _factory) = (cluster, factory);
        _queue = new(cluster, Reconcile);
    }

    internal void Mark(ObjectKey key) => _queue.Mark(key);

    private void Reconcile(ObjectKey key)
    {
        if (_cluster.Deployments[key] is not { Meta.DeletionTimestamp: null } deployment)
        {
            return;
        }

        var hash = HashOf(deployment);
        var sets = _cluster.Index.DependentsOf(deployment.Meta.Uid)
            .Where(one => one.Resource == _cluster.ReplicaSets.Resource)
            .Select(one => _cluster.ReplicaSets[one.Key]!)
            .OrderBy(set => set.Meta.Name, StringComparer.Ordinal).ToList();
        var current = sets.FirstOrDefault(set => set.Meta.Labels.GetValueOrDefault(HashLabel) == hash);
        if (current is null)
        {
            current = Create(deployment, hash, sets.Count == 0 ? deployment.Replicas : 0);
            sets.Add(current);
        }

        Roll(deployment, current, sets);
        var pods = sets.Sum(set => set.Current);
        var ready = sets.Sum(set => set.ReadyReplicas);
        if (deployment.Current != pods || deployment.ReadyReplicas != ready || deployment.ObservedGeneration != deployment.Meta.Generation)
        {
            _cluster.Deployments.Put(deployment with { Current = pods, ReadyReplicas = ready, ObservedGeneration = deployment.Meta.Generation });
        }
    }

    private void Roll(Deployment deployment, ReplicaSet current, List<ReplicaSet> sets)
    {
        var old = sets.Where(set => set.Meta.Uid != current.Meta.Uid && set.Replicas > 0).ToList();
        var surge = IntOrPercent.RoundUp(deployment.MaxSurge, deployment.Replicas);
        var unavailable = IntOrPercent.RoundDown(deployment.MaxUnavailable, deployment.Replicas);
        if (surge == 0 && unavailable == 0)
        {
            unavailable = 1;
        }

        var room = old.Count == 0 ? deployment.Replicas : deployment.Replicas + surge - old.Sum(set => set.Replicas);
        var wanted = old.Count == 0 ? deployment.Replicas : Math.Min(deployment.Replicas, Math.Max(current.Replicas, room));
        Scale(current, wanted);

        // By what was asked, not by what the sets say of themselves: their status lags.
        var least = deployment.Replicas - unavailable;
        var down = old.Sum(set => set.Replicas) + wanted - least - Math.Max(0, wanted - current.ReadyReplicas);
        foreach (var set in old)
        {
            var less = Math.Max(0, Math.Min(set.Replicas, down));
            down -= less;
            Scale(set, set.Replicas - less);
        }
    }

    private void Scale(ReplicaSet set, int replicas)
    {
        if (set.Replicas != replicas)
        {
            _cluster.ReplicaSets.Put(set with { Replicas = replicas, Meta = set.Meta with { Generation = set.Meta.Generation + 1 } });
        }
    }

    private ReplicaSet Create(Deployment deployment, string hash, int replicas)
    {
        var labels = deployment.Template.Labels.SetItem(HashLabel, hash);
        return _cluster.ReplicaSets.Put(new ReplicaSet
        {
            Meta = new ObjectMeta
            {
                Namespace = deployment.Meta.Namespace,
                Name = $"{deployment.Meta.Name}-{hash}",
                Labels = labels,
                Owners = [_factory.Reference(deployment, "apps/v1")],
            },
            Selector = deployment.Selector with { MatchLabels = deployment.Selector.MatchLabels.SetItem(HashLabel, hash) },
            Template = deployment.Template with { Labels = labels },
            Replicas = replicas,
        });
    }

    private string HashOf(Deployment deployment)
    {
        if (!_hashes.TryGetValue(deployment.Meta.Uid, out var known) || !ReferenceEquals(known.Template, deployment.Template))
        {
            known = (deployment.Template, PodFactory.HashOf(deployment.Template));
            _hashes[deployment.Meta.Uid] = known;
        }

        return known.Hash;
    }
}
