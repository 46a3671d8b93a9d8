using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>
/// Follows what the pool's ready, schedulable nodes can hold, by zone. The floor of a zone is its start less the allowance (maxUnavailable nodes, and one for each group that spans more zones than maxSurge),
/// less the nodes by which others lowered desired, less what the world itself took away. The pool's floor is its start less maxUnavailable nodes and the same.
/// </summary>
internal sealed class CapacityRecord
{
    private readonly RecordScope _scope;
    private readonly Dictionary<string, Zone> _zones = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Zone, Resources Holds, string Uid)> _counted = new(StringComparer.Ordinal);

    /// <summary>By uid: a node that comes with the name of one that is gone does not bring that one back.</summary>
    private readonly Dictionary<string, (string Zone, Resources Holds)> _taken = new(StringComparer.Ordinal);
    private readonly Zone _pool = new();
    private readonly int _allowance;
    private readonly int _atStart;
    private int _below;
    private int _shrunkByOthers;
    private DateTimeOffset _since;

    internal CapacityRecord(RecordScope scope)
    {
        _scope = scope;
        var groups = scope.Rotation.Groups.Select(group => scope.World.Cloud.Groups.GetValueOrDefault(group)).OfType<AutoScalingGroup>();
        _allowance = scope.Rotation.MaxUnavailable + groups.Count(group => group.Zones.Length > scope.Rotation.MaxSurge);
        foreach (var node in scope.World.Cluster.Nodes.Objects)
        {
            Look(node.Meta.Name, node);
        }

        foreach (var zone in _zones.Values)
        {
            zone.Start = zone.Now;
        }

        _pool.Start = _pool.Now;
        _atStart = _counted.Count;
        MinReady = _counted.Count;
    }

    /// <summary>The fewest nodes that counted at any moment.</summary>
    internal int MinReady { get; private set; }

    /// <summary>Names of the nodes that count now.</summary>
    internal IReadOnlyCollection<string> Serving => _counted.Keys;

    /// <summary>How many nodes must count in the pool: those at the start less maxUnavailable, less what others did not want any more, less what the world took.</summary>
    internal int Least => _atStart - _scope.Rotation.MaxUnavailable - _shrunkByOthers - _taken.Count;

    /// <summary>Time that any zone was below its floor.</summary>
    internal TimeSpan BelowFloor { get; private set; }

    internal void Observe(Change change)
    {
        if (change.Object is Node node)
        {
            Look(node.Meta.Name, change.Kind == ChangeKind.Deleted ? null : node);
        }
    }

    internal void Observe(Instance instance)
    {
        if (_scope.NodeOf(instance) is { } node)
        {
            Look(node.Meta.Name, node);
        }
    }

    internal void Observe(GroupChange change)
    {
        if (change is { Before: { } before, After: { } after } && !_scope.IsFleet(change.Caller) && _scope.Rotation.Groups.Contains(after.Name))
        {
            _shrunkByOthers += Math.Max(0, before.Desired - after.Desired);
        }
    }

    internal void Finish()
    {
        if (_below > 0)
        {
            BelowFloor += _scope.World.Now - _since;
            _since = _scope.World.Now;
        }
    }

    private void Look(string name, Node? node)
    {
        var counts = node is not null && _scope.Serves(node);
        if (counts == _counted.ContainsKey(name))
        {
            return;
        }

        if (counts)
        {
            var holds = (Zone: node!.Meta.Labels.GetValueOrDefault(WellKnown.Zone, ""), Holds: node.Allocatable, node.Meta.Uid);
            _counted[name] = holds;
            if (_taken.Remove(node.Meta.Uid, out var back))
            {
                ZoneOf(back.Zone).Taken -= back.Holds;
                _pool.Taken -= back.Holds;
            }

            var zone = ZoneOf(holds.Zone);
            zone.Add(holds.Holds);
            _pool.Add(holds.Holds);
            Judge();
            return;
        }

        _counted.Remove(name, out var lost);
        var left = ZoneOf(lost.Zone);
        left.Now -= lost.Holds;
        _pool.Now -= lost.Holds;
        if (!_scope.ByFleet)
        {
            _taken[lost.Uid] = (lost.Zone, lost.Holds);
            left.Taken += lost.Holds;
            _pool.Taken += lost.Holds;
        }

        MinReady = Math.Min(MinReady, _counted.Count);
        Judge();
    }

    private void Judge()
    {
        foreach (var (name, zone) in _zones)
        {
            Judge($"zone {name}", zone, _allowance + _shrunkByOthers);
        }

        if (_zones.Count > 1)
        {
            Judge("the pool", _pool, _scope.Rotation.MaxUnavailable + _shrunkByOthers);
        }
    }

    private void Judge(string name, Zone zone, int nodes)
    {
        var floor = zone.Start - zone.Taken - new Resources(zone.Node.MilliCpu * nodes, zone.Node.MemoryBytes * nodes, zone.Node.Pods * nodes);
        var below = !floor.FitsIn(zone.Now);
        if (below == zone.Below)
        {
            return;
        }

        Finish();
        zone.Below = below;
        _below += below ? 1 : -1;
        _since = _scope.World.Now;
        if (below)
        {
            _scope.Violate(SafetyRule.Capacity, name,
                $"ready and schedulable nodes of {name} hold {zone.Now.MilliCpu}m processor time and {zone.Now.MemoryBytes >> 20} MiB; {floor.MilliCpu}m and {floor.MemoryBytes >> 20} MiB must be left of {zone.Start.MilliCpu}m and {zone.Start.MemoryBytes >> 20} MiB");
        }
    }

    private Zone ZoneOf(string name) => _zones.TryGetValue(name, out var zone) ? zone : _zones[name] = new Zone();

    private sealed class Zone
    {
        internal Resources Start { get; set; }

        internal Resources Now { get; set; }

        internal Resources Taken { get; set; }

        internal Resources Node { get; set; }

        internal bool Below { get; set; }

        internal void Add(Resources node)
        {
            Now += node;
            Node = new(Math.Max(Node.MilliCpu, node.MilliCpu), Math.Max(Node.MemoryBytes, node.MemoryBytes), Math.Max(Node.Pods, node.Pods));
        }
    }
}
