using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>World only: pods that are kept from being Ready for a time.</summary>
public sealed class PodFaults(ClusterState cluster)
{
    private readonly List<(Func<Pod, bool> Hits, DateTimeOffset From, DateTimeOffset? Until)> _rules = [];

    internal event Action<Pod>? Reconsider;

    /// <summary>Keeps pods unready from an instant until another.</summary>
    /// <param name="hits">Which pods, those to come included.</param>
    /// <param name="from">First instant.</param>
    /// <param name="until">First instant after; null for ever.</param>
    public void KeepUnready(Func<Pod, bool> hits, DateTimeOffset from, DateTimeOffset? until)
    {
        _rules.Add((hits, from, until));
        Look(hits, from);
        if (until is { } end)
        {
            Look(hits, end);
        }
    }

    /// <summary>Keeps the pods of an owner (Deployment, StatefulSet …) by the owner's name, or one pod by its own, unready from an instant until another.</summary>
    public void KeepUnready(ObjectKey named, DateTimeOffset from, DateTimeOffset? until) =>
        KeepUnready(pod => pod.Meta.Namespace == named.Namespace && (pod.Meta.Name == named.Name || IsOwnedBy(pod, named)), from, until);

    internal bool Hits(Pod pod)
    {
        var now = cluster.World.Now;
        return _rules.Any(rule => now >= rule.From && (rule.Until is not { } until || now < until) && rule.Hits(pod));
    }

    private bool IsOwnedBy(Pod pod, ObjectKey named) =>
        pod.Meta.Controller is { } owner
        && (owner.Name == named.Name
            || (owner.Kind == nameof(ReplicaSet) && cluster.ReplicaSets[new ObjectKey(named.Namespace, owner.Name)]?.Meta.Controller?.Name == named.Name));

    private void Look(Func<Pod, bool> hits, DateTimeOffset at) =>
        cluster.World.Timeline.At(at, () =>
        {
            foreach (var pod in cluster.Pods.Objects.Where(hits).ToList())
            {
                Reconsider?.Invoke(pod);
            }
        });
}
