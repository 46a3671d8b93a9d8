using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>What one pod asks of a node, worked out once before the nodes are looked at: zones of its volumes, domains that neighbours forbid, counts for spread.</summary>
internal sealed class Placement
{
    private readonly PodTemplate _template;
    private readonly bool _selective;
    private readonly HashSet<string>? _zones;
    private readonly List<(string TopologyKey, HashSet<string> Domains)> _forbidden = [];
    private readonly List<SpreadRule> _hard = [];
    private readonly List<SpreadRule> _soft = [];
    private readonly Dictionary<string, int>? _siblings;
    private readonly Dictionary<string, int>? _siblingsByZone;

    internal Placement(ClusterState cluster, NodeDomains domains, Pod pod)
    {
        _template = pod.Template;
        _selective = !_template.NodeSelector.IsEmpty || !_template.NodeAffinity.IsEmpty;
        _zones = ZonesOf(cluster, pod, out var missing);
        Missing = missing;
        foreach (var term in _template.AntiAffinity)
        {
            Forbid(cluster, term.TopologyKey, cluster.Index.Selectors.Selected(pod.Meta.Namespace, term.Selector, cluster.Index.Nodes));
        }

        foreach (var holders in cluster.Index.Selectors.Forbidding(pod.Meta.Namespace, pod.Meta.Labels))
        {
            Forbid(cluster, holders.TopologyKey, holders);
        }

        foreach (var constraint in _template.Spread)
        {
            var counts = cluster.Index.Selectors.Selected(pod.Meta.Namespace, constraint.Selector, cluster.Index.Nodes).Living;
            (constraint.Hard ? _hard : _soft).Add(new SpreadRule(cluster, domains, constraint, counts, pod, _selective));
        }

        if (_template.Spread.IsEmpty && pod.Meta.Controller is { Kind: not "Job" } owner)
        {
            _siblings = cluster.Index.Owner(owner.Uid)?.PerNode;
            _siblingsByZone = _siblings is null ? null : SpreadRule.ByDomain(cluster, WellKnown.Zone, _siblings);
        }
    }

    /// <summary>A claim that does not exist; null when all do.</summary>
    internal string? Missing { get; }

    /// <summary>Whether the answer for an equal template stays the same while nodes only fill up.</summary>
    internal bool DependsOnTemplateOnly => _zones is null && _hard.Count == 0;

    /// <summary>Why a node is not feasible, in the scheduler's own words; null when it is.</summary>
    internal string? Refusal(NodeSlot slot)
    {
        if (NodeFit.Untolerated(_template.Tolerations, slot.HardTaints) is { } taint)
        {
            return taint.Key == WellKnown.Unschedulable ? "node(s) were unschedulable" : $"node(s) had untolerated taint {{{taint.Key}: {taint.Value}}}";
        }

        if (_selective && !NodeFit.Selects(_template, slot.Node!))
        {
            return "node(s) didn't match Pod's node affinity/selector";
        }

        if (_zones is not null && !(slot.Domain(WellKnown.Zone) is { } zone && _zones.Contains(zone)))
        {
            return "node(s) had volume node affinity conflict";
        }

        var (free, requests) = (slot.Free, _template.Requests);
        if (!requests.FitsIn(free))
        {
            return requests.Pods > free.Pods ? "Too many pods" : requests.MilliCpu > free.MilliCpu ? "Insufficient cpu" : "Insufficient memory";
        }

        foreach (var (key, domains) in _forbidden)
        {
            if (slot.Domain(key) is { } domain && domains.Contains(domain))
            {
                return "node(s) didn't match pod anti-affinity rules";
            }
        }

        foreach (var rule in _hard)
        {
            if (!rule.Allows(slot))
            {
                return "node(s) didn't match pod topology spread constraints";
            }
        }

        return null;
    }

    /// <summary>Preferences that count against a node: taints PreferNoSchedule that the pod does not tolerate.</summary>
    internal int SoftTaints(NodeSlot slot)
    {
        var count = 0;
        foreach (var taint in slot.SoftTaints)
        {
            count += NodeFit.Tolerated(_template.Tolerations, taint) ? 0 : 1;
        }

        return count;
    }

    /// <summary>How crowded the node's domains are with the pod's like; soft constraints, or the cluster's default ones on host and zone.</summary>
    internal double Crowd(NodeSlot slot)
    {
        if (_siblings is not null)
        {
            var zone = slot.Domain(WellKnown.Zone);
            return (3 * _siblings.GetValueOrDefault(slot.Name)) + (zone is null ? 0 : _siblingsByZone!.GetValueOrDefault(zone));
        }

        var sum = 0.0;
        foreach (var rule in _soft)
        {
            sum += rule.Count(slot);
        }

        return sum;
    }

    /// <summary>NodeResourcesFit, strategy LeastAllocated: 0 to 100.</summary>
    internal double Room(NodeSlot slot)
    {
        var allocatable = slot.Node!.Allocatable;
        var left = slot.Free - _template.Requests;
        return 50 * ((allocatable.MilliCpu == 0 ? 0 : (double)left.MilliCpu / allocatable.MilliCpu) + (allocatable.MemoryBytes == 0 ? 0 : (double)left.MemoryBytes / allocatable.MemoryBytes));
    }

    private static HashSet<string>? ZonesOf(ClusterState cluster, Pod pod, out string? missing)
    {
        missing = null;
        HashSet<string>? zones = null;
        foreach (var name in pod.Claims)
        {
            if (cluster.Claims[new ObjectKey(pod.Meta.Namespace, name)] is not { } claim)
            {
                missing = name;
            }
            else if (claim.VolumeName is { } volume && cluster.Volumes[new ObjectKey("", volume)] is { } bound)
            {
                if (zones is null)
                {
                    zones = [bound.Zone];
                }
                else
                {
                    zones.IntersectWith([bound.Zone]);
                }
            }
        }

        return zones;
    }

    private void Forbid(ClusterState cluster, string topologyKey, SelectorCount counts)
    {
        if (counts.All.Count == 0)
        {
            return;
        }

        var domains = new HashSet<string>(StringComparer.Ordinal);
        foreach (var node in counts.All.Keys)
        {
            if (cluster.Index.Node(node)?.Domain(topologyKey) is { } domain)
            {
                domains.Add(domain);
            }
        }

        _forbidden.Add((topologyKey, domains));
    }
}
