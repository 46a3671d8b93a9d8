using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Records;

/// <summary>
/// Measures how long the pool had a place to spare for one more outdated node: more of its nodes serve, each Ready for minReady at least, than at the start less maxUnavailable.
/// While such a place stays empty the rotation is not held up by machines.
/// </summary>
internal sealed class SparePlaces
{
    private readonly RecordScope _scope;
    private readonly Dictionary<string, DateTimeOffset> _since = new(StringComparer.Ordinal);
    private readonly SortedSet<(DateTimeOffset Since, string Node)> _serving = [];
    private readonly int _wanted;
    private TimeSpan _total;
    private DateTimeOffset _last;
    private DateTimeOffset? _from;

    internal SparePlaces(RecordScope scope)
    {
        _scope = scope;
        foreach (var node in scope.World.Cluster.Nodes.Objects.Where(scope.Serves))
        {
            // What serves at the start has been Ready for long enough.
            Add(node.Meta.Name, scope.Start - scope.Rotation.MinReady);
        }

        _wanted = _serving.Count - scope.Rotation.MaxUnavailable;
        _last = scope.Start;
        _from = From();
    }

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

    /// <summary>The time so far in which there was such a place.</summary>
    internal TimeSpan Total()
    {
        var now = _scope.World.Now;
        if (_from is { } from && now > from)
        {
            _total += now - (from > _last ? from : _last);
        }

        _last = now;
        return _total;
    }

    private void Look(string name, Node? node)
    {
        var serves = node is not null && _scope.Serves(node);
        if (serves == _since.ContainsKey(name))
        {
            return;
        }

        Total();
        if (serves)
        {
            Add(name, _scope.World.Now);
        }
        else
        {
            _since.Remove(name, out var since);
            _serving.Remove((since, name));
        }

        _from = From();
    }

    private void Add(string name, DateTimeOffset since)
    {
        _since[name] = since;
        _serving.Add((since, name));
    }

    /// <summary>From when on one more node than wanted has been Ready for long enough; null when fewer serve.</summary>
    private DateTimeOffset? From() =>
        _serving.Count > _wanted ? _serving.Reverse().ElementAt(_serving.Count - _wanted - 1).Since + _scope.Rotation.MinReady : null;
}
