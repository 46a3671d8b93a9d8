using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Nodes;

/// <summary>
/// Which nodes the load balancers of the cluster's services send traffic to. A cordon changes nothing; the label <c>node.kubernetes.io/exclude-from-external-load-balancers</c> takes a node out after a delay,
/// its loss takes it back after the same. A machine that goes while it is a member takes its connections with it.
/// </summary>
public sealed class LoadBalancer(ClusterState cluster)
{
    private readonly Dictionary<string, (string Uid, bool Wanted, bool Member)> _nodes = new(StringComparer.Ordinal);

    /// <summary>Raised when a node has left in order, with its name and uid.</summary>
    public event Action<string, string>? Left;

    /// <summary>Raised when a node vanished while it still got traffic, with its name and uid.</summary>
    public event Action<string, string>? Broken;

    /// <summary>Whether a node gets traffic now.</summary>
    public bool Serves(string node) => _nodes.TryGetValue(node, out var state) && state.Member;

    internal void Observe(Change change)
    {
        if (change.Object is not Node node)
        {
            return;
        }

        if (change.Kind == ChangeKind.Deleted)
        {
            Vanish(node.Meta.Name);
            _nodes.Remove(node.Meta.Name);
            return;
        }

        var known = _nodes.GetValueOrDefault(node.Meta.Name);
        var wanted = node.Ready == true && !node.Meta.Labels.ContainsKey(WellKnown.ExcludeFromLoadBalancers);
        if (node.Ready != true && known.Wanted && !node.Meta.Labels.ContainsKey(WellKnown.ExcludeFromLoadBalancers))
        {
            return;
        }

        if (known.Uid != node.Meta.Uid || known.Wanted != wanted)
        {
            _nodes[node.Meta.Name] = (node.Meta.Uid, wanted, known.Uid == node.Meta.Uid && known.Member);
            var (name, uid) = (node.Meta.Name, node.Meta.Uid);
            cluster.World.Timeline.After(cluster.Timings.LoadBalancer, () => Settle(name, uid, wanted));
        }
    }

    /// <summary>The machine behind a node has gone.</summary>
    internal void Vanish(string name)
    {
        if (_nodes.TryGetValue(name, out var state) && state.Member)
        {
            _nodes[name] = state with { Wanted = false, Member = false };
            Broken?.Invoke(name, state.Uid);
        }
    }

    private void Settle(string name, string uid, bool wanted)
    {
        if (!_nodes.TryGetValue(name, out var state) || state.Uid != uid || state.Wanted != wanted || state.Member == wanted)
        {
            return;
        }

        _nodes[name] = state with { Member = wanted };
        if (!wanted)
        {
            Left?.Invoke(name, uid);
        }
    }
}
