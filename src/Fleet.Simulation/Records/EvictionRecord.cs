using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>Counts evictions, by pod through all its replacements.</summary>
internal sealed class EvictionRecord
{
    internal const string Verb = "create pods/eviction";

    private readonly RecordScope _scope;
    private readonly Dictionary<string, string> _firstOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byFirst = new(StringComparer.Ordinal);
    private Pod? _leaving;

    internal EvictionRecord(RecordScope scope)
    {
        _scope = scope;
        Moved = scope.World.Cluster.Nodes.Objects
            .Where(node => scope.InstanceOf(node) is { } instance && scope.InPool(instance.Id) && scope.IsOutdated(instance))
            .Sum(node => scope.PodsOn(node.Meta.Name).Count(pod => RecordScope.MustBeDrained(pod, nodeReady: true)));
    }

    internal int Moved { get; }

    internal int Evictions { get; private set; }

    internal int MaxPerPod { get; private set; }

    internal void Observe(Change change)
    {
        if (change.Object is not Pod pod)
        {
            return;
        }

        if (change.Kind == ChangeKind.Added && pod.ReplacesUid is { } replaced)
        {
            _firstOf[pod.Meta.Uid] = FirstOf(replaced);
        }
        else if (_scope.ByFleet)
        {
            _leaving = pod;
        }
    }

    internal void Observe(CallRecord call)
    {
        if (call.Verb != Verb || !call.Writes)
        {
            return;
        }

        if (call.Detail?.Contains("uid=", StringComparison.Ordinal) != true)
        {
            _scope.Violate(SafetyRule.EvictionUid, $"pod {call.Subject}", $"the eviction of {call.Subject} named no uid: it may have met another pod of that name");
        }

        if (call.Answer is >= 200 and < 300)
        {
            Evictions++;
            var slash = call.Subject.IndexOf('/', StringComparison.Ordinal);
            var key = new ObjectKey(call.Subject[..Math.Max(slash, 0)], call.Subject[(slash + 1)..]);
            if ((_leaving is { } leaving && leaving.Meta.Key == key ? leaving : _scope.World.Cluster.Pods[key]) is { } pod)
            {
                var first = FirstOf(pod.Meta.Uid);
                MaxPerPod = Math.Max(MaxPerPod, _byFirst[first] = _byFirst.GetValueOrDefault(first) + 1);
            }
        }

        _leaving = null;
    }

    private string FirstOf(string uid) => _firstOf.GetValueOrDefault(uid, uid);
}
