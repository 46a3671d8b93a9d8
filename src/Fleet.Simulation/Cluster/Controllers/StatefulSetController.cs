using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Controllers;

/// <summary>Keeps StatefulSets: pods NAME-0 … with their claims, a new one only when the one before is Ready (unless Parallel), and never two of a name.</summary>
internal sealed class StatefulSetController
{
    private const string Revision = "controller-revision-hash";

    private readonly ClusterState _cluster;
    private readonly PodFactory _factory;
    private readonly Succession _succession;
    private readonly WorkQueue<ObjectKey> _queue;
    private readonly Dictionary<string, (PodTemplate Template, string Hash)> _hashes = new(StringComparer.Ordinal);

    internal StatefulSetController(ClusterState cluster, PodFactory factory, Succession succession)
    {
        (_cluster, _factory, _succession) = (cluster, factory, succession);
        _queue = new(cluster, Reconcile);
    }

    internal void Mark(ObjectKey key) => _queue.Mark(key);

    private void Reconcile(ObjectKey key)
    {
        if (_cluster.StatefulSets[key] is not { Meta.DeletionTimestamp: null } set)
        {
            return;
        }

        var revision = RevisionOf(set);
        if (Fill(set, revision))
        {
            Shrink(set);
            Update(set, revision);
        }

        var pods = _cluster.Index.OwnedBy(set.Meta.Uid).Where(entry => entry.Pod.IsActive).ToList();
        var ready = pods.Count(entry => entry.Pod.Ready);
        if (set.Current != pods.Count || set.ReadyReplicas != ready || set.ObservedGeneration != set.Meta.Generation)
        {
            _cluster.StatefulSets.Put(set with { Current = pods.Count, ReadyReplicas = ready, ObservedGeneration = set.Meta.Generation });
        }
    }

    /// <returns>Whether every wanted pod exists and is Ready.</returns>
    private bool Fill(StatefulSet set, string revision)
    {
        var complete = true;
        for (var ordinal = 0; ordinal < set.Replicas; ordinal++)
        {
            var pod = _cluster.Pods[Member(set, ordinal)];
            if (pod is { Phase: PodPhase.Failed or PodPhase.Succeeded, Meta.DeletionTimestamp: null })
            {
                Deletion.DeletePod(_cluster, pod, 0);
                pod = null;
            }

            if (pod is null)
            {
                Create(set, ordinal, revision);
            }

            if (pod is not { Ready: true, Meta.DeletionTimestamp: null })
            {
                complete = false;
                if (!set.Parallel)
                {
                    return false;
                }
            }
        }

        return complete;
    }

    private void Shrink(StatefulSet set)
    {
        var surplus = _cluster.Index.OwnedBy(set.Meta.Uid).Select(entry => entry.Pod)
            .Where(pod => OrdinalOf(set, pod) >= set.Replicas)
            .OrderByDescending(pod => OrdinalOf(set, pod)).ToList();
        foreach (var pod in set.Parallel ? surplus : surplus.Take(1))
        {
            if (pod.Meta.DeletionTimestamp is null)
            {
                Deletion.DeletePod(_cluster, pod, null);
            }
        }
    }

    private void Update(StatefulSet set, string revision)
    {
        for (var ordinal = set.Replicas - 1; ordinal >= 0; ordinal--)
        {
            if (_cluster.Pods[Member(set, ordinal)] is { Meta.DeletionTimestamp: null } pod && pod.Meta.Labels.GetValueOrDefault(Revision, revision) != revision)
            {
                Deletion.DeletePod(_cluster, pod, null);
                return;
            }
        }
    }

    private void Create(StatefulSet set, int ordinal, string revision)
    {
        var key = Member(set, ordinal);
        foreach (var template in set.ClaimTemplates)
        {
            var claim = new ObjectKey(key.Namespace, $"{template}-{key.Name}");
            if (_cluster.Claims[claim] is null)
            {
                _cluster.Claims.Put(new PersistentVolumeClaim { Meta = new ObjectMeta { Namespace = claim.Namespace, Name = claim.Name, Labels = set.Selector.MatchLabels } });
            }
        }

        var labels = set.Template.Labels.SetItem("apps.kubernetes.io/pod-index", ordinal.ToString())
            .SetItem("statefulset.kubernetes.io/pod-name", key.Name)
            .SetItem(Revision, revision);
        ImmutableArray<string> claims = [.. set.Template.Claims, .. set.ClaimTemplates.Select(template => $"{template}-{key.Name}")];
        _factory.Create(set, "apps/v1", key.Name, _succession.Last(set.Meta.Uid, key.Name), labels: labels, claims: claims);
    }

    private static ObjectKey Member(StatefulSet set, int ordinal) => new(set.Meta.Namespace, $"{set.Meta.Name}-{ordinal}");

    private static int OrdinalOf(StatefulSet set, Pod pod) => int.TryParse(pod.Meta.Name.AsSpan(set.Meta.Name.Length + 1), out var ordinal) ? ordinal : -1;

    private string RevisionOf(StatefulSet set)
    {
        if (!_hashes.TryGetValue(set.Meta.Uid, out var known) || !ReferenceEquals(known.Template, set.Template))
        {
            known = (set.Template, $"{set.Meta.Name}-{PodFactory.HashOf(set.Template)}");
            _hashes[set.Meta.Uid] = known;
        }

        return known.Hash;
    }
}
