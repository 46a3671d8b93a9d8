using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>One topology spread constraint of a pod, with the pods that it counts by domain (Pod Topology Spread Constraints; tainted nodes' domains count, nodes that the pod's selector leaves out do not).</summary>
internal sealed class SpreadRule
{
    private readonly SpreadConstraint _constraint;
    private readonly Dictionary<string, int> _counts;
    private readonly int _least;
    private readonly int _self;

    internal SpreadRule(ClusterState cluster, NodeDomains domains, SpreadConstraint constraint, Dictionary<string, int> byNode, Pod pod, bool selective)
    {
        _constraint = constraint;
        _self = constraint.Selector.Matches(pod.Meta.Labels) ? 1 : 0;
        _counts = ByDomain(cluster, constraint.TopologyKey, byNode);
        if (constraint.Hard)
        {
            var known = selective ? Selected(cluster, constraint.TopologyKey, pod.Template) : domains.Of(constraint.TopologyKey);
            _least = known.Count == 0 ? 0 : known.Min(domain => _counts.GetValueOrDefault(domain));
        }
    }

    internal bool Allows(NodeSlot slot) =>
        slot.Domain(_constraint.TopologyKey) is { } domain && _counts.GetValueOrDefault(domain) + _self - _least <= _constraint.MaxSkew;

    internal double Count(NodeSlot slot) => slot.Domain(_constraint.TopologyKey) is { } domain ? _counts.GetValueOrDefault(domain) : 0;

    internal static Dictionary<string, int> ByDomain(ClusterState cluster, string topologyKey, Dictionary<string, int> byNode)
    {
        if (topologyKey == WellKnown.Hostname)
        {
            return byNode;
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (node, count) in byNode)
        {
            if (cluster.Index.Node(node)?.Domain(topologyKey) is { } domain)
            {
                counts[domain] = counts.GetValueOrDefault(domain) + count;
            }
        }

        return counts;
    }

    private static HashSet<string> Selected(ClusterState cluster, string topologyKey, PodTemplate template) =>
        [.. cluster.Index.Nodes.Where(slot => slot.Node is { } node && NodeFit.Selects(template, node)).Select(slot => slot.Domain(topologyKey)).OfType<string>()];
}
