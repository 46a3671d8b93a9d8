using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Controllers;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Records;

namespace Fleet.Simulation.Bounds;

/// <summary>What budgets and owners permit at once, and how long their pods take to stop and to come back, from the world's own values.</summary>
internal sealed class DrainBound(World world)
{
    private readonly Dictionary<string, (int Allowed, string Name)> _limits = new(StringComparer.Ordinal);

    private ClusterTimings Timings => world.Cluster.Timings;

    /// <summary>The node's times: last pod gone, and last replacement ready and volume detached, both from the first eviction.</summary>
    internal (TimeSpan Gone, TimeSpan Settled) Of(string node)
    {
        var (gone, settled) = (TimeSpan.Zero, TimeSpan.Zero);
        foreach (var limited in Movable(node).GroupBy(LimitOf))
        {
            var pods = limited.ToList();
            var turns = limited.Key is { } key ? (pods.Count + _limits[key].Allowed - 1) / _limits[key].Allowed : 1;
            var again = pods.Min(ReplacedIn);
            var before = (turns - 1) * again;
            gone = Max(gone, before + pods.Max(StopOf));
            settled = Max(settled, turns > 1 ? before + again : pods.Max(ReplacedIn));
            settled = Max(settled, pods.Max(pod => pod.Claims.IsEmpty ? TimeSpan.Zero : before + StopOf(pod) + Timings.Detach));
        }

        return (gone, settled);
    }

    /// <summary>For each budget and each owner without one: the time that its pods on these nodes take, as many at once as it permits.</summary>
    internal IEnumerable<BoundTerm> Serial(IEnumerable<string> nodes) => nodes
        .SelectMany(Movable)
        .GroupBy(LimitOf)
        .Where(limited => limited.Key is not null)
        .Select(limited => new BoundTerm(_limits[limited.Key!].Name, TimeSpan.FromTicks(limited.Sum(pod => ReplacedIn(pod).Ticks) / _limits[limited.Key!].Allowed)));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static TimeSpan StopOf(Pod pod) => TimeSpan.FromSeconds(Math.Min(pod.Template.StopSeconds, pod.Template.GraceSeconds));

    private IEnumerable<Pod> Movable(string node) =>
        (world.Cluster.Index.Node(node)?.Pods ?? []).Select(entry => entry.Pod).Where(pod => RecordScope.MustBeDrained(pod, nodeReady: true));

    /// <summary>From a pod's eviction to its replacement's being Ready: at once beside the old one, but for StatefulSets only after it, and after its volume has moved.</summary>
    private TimeSpan ReplacedIn(Pod pod) => pod.Meta.Controller?.Kind switch
    {
        nameof(ReplicaSet) => TimeSpan.FromSeconds(pod.Template.ReadySeconds),
        nameof(StatefulSet) => StopOf(pod) + (pod.Claims.IsEmpty ? TimeSpan.Zero : Timings.Detach + Timings.Attach) + TimeSpan.FromSeconds(pod.Template.ReadySeconds),
        _ => TimeSpan.Zero,
    };

    /// <summary>What limits how many such pods may be disrupted at a time; null when nothing does.</summary>
    private string? LimitOf(Pod pod)
    {
        if (world.Cluster.Index.BudgetsFor(pod).FirstOrDefault() is { } entry)
        {
            var name = $"poddisruptionbudget {entry.Budget.Meta.Key}";
            if (!_limits.ContainsKey(name))
            {
                // A budget that can never allow anything ends the run and not its makespan; one is the least that lets it go on.
                var expected = new ExpectedPods(world.Cluster, entry);
                _limits[name] = (Math.Max(1, expected.Expected - expected.Desired), name);
            }

            return name;
        }

        if (pod.Meta.Controller is not { Kind: nameof(ReplicaSet) or nameof(StatefulSet) } owner)
        {
            return null;
        }

        if (!_limits.ContainsKey(owner.Uid))
        {
            _limits[owner.Uid] = (Math.Max(1, world.Cluster.Index.OwnedBy(owner.Uid).Count(one => one.Pod.Ready) / 4), $"{owner.Kind.ToLowerInvariant()} {pod.Meta.Namespace}/{owner.Name}");
        }

        return owner.Uid;
    }
}
