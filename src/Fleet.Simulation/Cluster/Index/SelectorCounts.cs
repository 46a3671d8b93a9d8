using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Index;

/// <summary>Counts by node for the selectors of spread and anti-affinity that some pod has used, kept as pods come and go; a selector is registered when the scheduler first meets it.</summary>
internal sealed class SelectorCounts
{
    private readonly SelectorIndex<SelectorCount> _selected = new();
    private readonly Dictionary<(string Namespace, string Selector), SelectorCount> _bySelector = [];
    private readonly SelectorIndex<SelectorCount> _forbidding = new();
    private readonly Dictionary<(string Namespace, string TopologyKey, string Selector), SelectorCount> _holders = [];

    /// <summary>Pods that a selector of a namespace matches, by node.</summary>
    internal SelectorCount Selected(string ns, LabelSelector selector, IEnumerable<NodeSlot> nodes)
    {
        var key = (ns, TextOf(selector));
        if (_bySelector.TryGetValue(key, out var count))
        {
            return count;
        }

        count = new SelectorCount();
        _bySelector.Add(key, count);
        _selected.Add(ns, selector, count);
        foreach (var pod in nodes.SelectMany(slot => slot.PodSet))
        {
            if (pod.Pod.Meta.Namespace == ns && selector.Matches(pod.Pod.Meta.Labels))
            {
                pod.Counts.Add(count);
                Add(count, pod, 1);
            }
        }

        return count;
    }

    /// <summary>Where pods stand whose anti-affinity forbids a pod with these labels.</summary>
    internal IEnumerable<SelectorCount> Forbidding(string ns, IReadOnlyDictionary<string, string> labels) => _forbidding.Matching(ns, labels);

    internal void Enter(PodEntry entry)
    {
        var pod = entry.Pod;
        foreach (var count in _selected.Matching(pod.Meta.Namespace, pod.Meta.Labels))
        {
            entry.Counts.Add(count);
            Add(count, entry, 1);
        }

        foreach (var term in pod.Template.AntiAffinity)
        {
            var holder = Holder(pod.Meta.Namespace, term);
            entry.Holds.Add(holder);
            Add(holder, entry, 1);
        }
    }

    internal static void Leave(PodEntry entry)
    {
        foreach (var count in entry.Counts)
        {
            Add(count, entry, -1);
        }

        foreach (var holder in entry.Holds)
        {
            Add(holder, entry, -1);
        }

        entry.Counts.Clear();
        entry.Holds.Clear();
    }

    private static void Add(SelectorCount count, PodEntry entry, int amount)
    {
        if (!entry.Occupies)
        {
            return;
        }

        SelectorCount.Add(count.All, entry.Pod.NodeName!, amount);
        if (entry.Pod.Meta.DeletionTimestamp is null)
        {
            SelectorCount.Add(count.Living, entry.Pod.NodeName!, amount);
        }
    }

    private static string TextOf(LabelSelector selector) =>
        string.Join(',', selector.MatchLabels.Select(label => $"{label.Key}={label.Value}"))
        + ";" + string.Join(',', selector.Expressions.Select(one => $"{one.Key} {one.Operator} ({string.Join('|', one.Values)})"));

    private SelectorCount Holder(string ns, PodAffinityTerm term)
    {
        var key = (ns, term.TopologyKey, TextOf(term.Selector));
        if (!_holders.TryGetValue(key, out var holder))
        {
            holder = new SelectorCount { TopologyKey = term.TopologyKey };
            _holders.Add(key, holder);
            _forbidding.Add(ns, term.Selector, holder);
        }

        return holder;
    }
}
