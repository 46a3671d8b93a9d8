using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Holds Fleet to the limit of owners that no budget protects: a pod that it evicts counts as disrupted until the pod that takes its place is Ready, or its owner has all that it wants.</summary>
internal sealed class OwnerRecord(RecordScope scope)
{
    private readonly Dictionary<string, HashSet<string>> _open = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Owner, string Lost)> _successors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _below = new(StringComparer.Ordinal);

    internal int Below => _below.Count;

    internal void Observe(Pod pod, Pod? before)
    {
        if (pod.Meta.Controller is not { } owner || !_open.TryGetValue(owner.Uid, out var open))
        {
            return;
        }

        if (before is null && pod.ReplacesUid is { } replaced)
        {
            // Where the successor is itself lost before it was Ready, its own successor makes the same disruption good.
            var lost = _successors.TryGetValue(replaced, out var earlier) ? earlier.Lost : replaced;
            if (open.Contains(lost))
            {
                _successors[pod.Meta.Uid] = (owner.Uid, lost);
            }
        }
        else if (pod.Ready && _successors.Remove(pod.Meta.Uid, out var successor))
        {
            open.Remove(successor.Lost);
        }
    }

    /// <summary>A pod that Fleet has just begun to end.</summary>
    internal void Ended(Pod before)
    {
        if (!before.Ready || before.Meta.DeletionTimestamp is not null || before.Meta.Controller is not { Kind: not (nameof(DaemonSet) or nameof(Job) or nameof(Node)) } owner
            || scope.World.Cluster.Index.BudgetsFor(before).Any())
        {
            return;
        }

        if (!_open.TryGetValue(owner.Uid, out var open))
        {
            _open.Add(owner.Uid, open = new(StringComparer.Ordinal));
        }

        var ready = scope.World.Cluster.Index.OwnedBy(owner.Uid).Count(entry => entry.Pod.Ready && entry.Pod.Meta.DeletionTimestamp is null);
        var wanted = Wanted(before.Meta.Namespace, owner) ?? ready + open.Count + 1;
        open.Add(before.Meta.Uid);
        var disrupted = Math.Min(open.Count, Math.Max(0, wanted - ready));
        var limit = Math.Max(1, Math.Min(wanted, ready + disrupted) / 4);
        if (disrupted > limit && _below.Add(owner.Uid))
        {
            scope.Violate(SafetyRule.ImplicitBudget, $"{owner.Kind.ToLowerInvariant()} {before.Meta.Namespace}/{owner.Name}",
                $"{disrupted} pods of {owner.Kind} {before.Meta.Namespace}/{owner.Name}, which no budget protects, are disrupted at a time; {limit} may be");
        }
    }

    private int? Wanted(string ns, OwnerReference owner) => owner.Kind switch
    {
        nameof(ReplicaSet) => scope.World.Cluster.ReplicaSets[new ObjectKey(ns, owner.Name)]?.Replicas,
        nameof(StatefulSet) => scope.World.Cluster.StatefulSets[new ObjectKey(ns, owner.Name)]?.Replicas,
        _ => null,
    };
}
