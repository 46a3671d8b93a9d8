using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>
/// At the cordon of an outdated node a new one stands in for it only after it has been Ready for minReadySeconds at a stretch. Too few nodes of whatever age are <see cref="SafetyRule.Capacity"/>'s;
/// cordons that were decided earlier and came late are left out.
/// </summary>
internal sealed class ProofRecord(RecordScope scope, CapacityRecord capacity)
{
    private readonly Dictionary<string, DateTimeOffset> _ready = new(StringComparer.Ordinal);
    private readonly HashSet<string> _proven = new(StringComparer.Ordinal);
    private readonly HashSet<string> _late = new(StringComparer.Ordinal);
    private bool _anyNew;

    internal void Observe(CallRecord call)
    {
        if (call is { Verb: "patch nodes", Error: not null })
        {
            _late.Add(call.Subject);
        }
    }

    internal void Observe(Change change)
    {
        if (change.Object is not Node node)
        {
            return;
        }

        if (change.Kind == ChangeKind.Deleted || node.Ready != true)
        {
            if (_ready.Remove(node.Meta.Uid, out var since) && scope.World.Now - since >= scope.Rotation.MinReady)
            {
                _proven.Add(node.Meta.Uid);
                _anyNew |= scope.InstanceOf(node) is { } proven && scope.InPool(proven.Id) && !scope.IsOutdated(proven);
            }
        }
        else
        {
            _ready.TryAdd(node.Meta.Uid, scope.World.Now);
        }

        if (change.Kind == ChangeKind.Modified && node.Unschedulable && change.Before is Node { Unschedulable: false, Ready: true } && scope.ByFleet && !_late.Contains(node.Meta.Name)
            && scope.InstanceOf(node) is { } instance && scope.InPool(instance.Id) && scope.IsOutdated(instance))
        {
            Judge(node);
        }
    }

    /// <summary>Whether any new node has proved itself.</summary>
    internal bool OfAnyNew() => _anyNew || scope.World.Cluster.Nodes.Objects.Any(node => scope.InstanceOf(node) is { } instance && scope.InPool(instance.Id) && !scope.IsOutdated(instance) && Counts(node));

    private void Judge(Node leaving)
    {
        var standing = capacity.Serving.Count(name => scope.World.Cluster.Nodes[new ObjectKey("", name)] is { } node && Counts(node));
        if (standing < capacity.Least && capacity.Serving.Count >= capacity.Least)
        {
            scope.Violate(SafetyRule.Proof, $"node {leaving.Meta.Name}", $"node {leaving.Meta.Name} was cordoned while only {standing} of {capacity.Serving.Count} nodes had proved themselves; {capacity.Least} must stay");
        }
    }

    private bool Counts(Node node) =>
        scope.InstanceOf(node) is not { } instance || scope.IsOutdated(instance) || _proven.Contains(node.Meta.Uid)
        || (_ready.TryGetValue(node.Meta.Uid, out var since) && scope.World.Now - since >= scope.Rotation.MinReady);
}
