using System.Globalization;
using System.Text;

namespace Fleet.Core.Disruption;

/// <summary>Where pods are that others must keep near to, away from, or even with. What nobody asks for is not counted.</summary>
internal sealed class Topology
{
    private readonly ClusterView view;
    private readonly IReadOnlySet<string> leaving;
    private readonly Dictionary<string, DomainCount> matching = [];
    private readonly Dictionary<string, DomainCount> repelling = [];
    private readonly Dictionary<string, IReadOnlyList<string>> domains = [];
    private readonly Dictionary<string, ILookup<(string Namespace, string Value), Pod>> byLabel = [];
    private readonly List<(Pod Pod, Node Node, int By)> changes = [];

    public Topology(ClusterView view, IReadOnlySet<string> leaving)
    {
        (this.view, this.leaving) = (view, leaving);
        foreach (var pod in view.ByNode.Values.SelectMany(pods => pods.Repelling))
        {
            if (Stays(pod) is { } node)
            {
                Repel(pod, node, 1);
            }
        }
    }

    /// <summary>Takes note that a pod comes to (1) or leaves (-1) a node.</summary>
    public void Change(Pod pod, Node node, int by)
    {
        changes.Add((pod, node, by));
        Count(pod, node, by);
    }

    /// <summary>The state as it is, to come back to.</summary>
    public int Mark() => changes.Count;

    /// <summary>Takes back every change since a mark.</summary>
    public void BackTo(int mark)
    {
        for (var i = changes.Count - 1; i >= mark; i--)
        {
            Count(changes[i].Pod, changes[i].Node, -changes[i].By);
        }

        changes.RemoveRange(mark, changes.Count - mark);
    }

    /// <summary>Pods that a term or constraint of a pod looks for.</summary>
    public DomainCount Matching(string @namespace, string topologyKey, Selector selector)
    {
        var key = Key(@namespace, topologyKey, selector);
        if (matching.TryGetValue(key, out var count))
        {
            return count;
        }

        matching[key] = count = new(@namespace, topologyKey, selector);
        foreach (var pod in Candidates(@namespace, selector))
        {
            if (Stays(pod) is { } node && count.Matches(pod))
            {
                count.Change(node, 1);
            }
        }

        foreach (var (pod, node, by) in changes)
        {
            if (count.Matches(pod))
            {
                count.Change(node, by);
            }
        }

        return count;
    }

    /// <summary>Anti-affinity terms of pods elsewhere that a pod would offend.</summary>
    public IEnumerable<DomainCount> RepellingOf(Pod pod) => repelling.Values.Where(count => count.Total > 0 && count.Matches(pod));

    /// <summary>Values of a topology key on the nodes that a pod's own selection accepts; a cordoned node counts, as it does for the scheduler (nodeTaintsPolicy Ignore).</summary>
    public IReadOnlyList<string> Domains(Pod pod, string topologyKey)
    {
        var key = $"{topologyKey}\n{Selection(pod)}";
        if (!domains.TryGetValue(key, out var values))
        {
            domains[key] = values = [.. view.Nodes.Values.Where(node => NodeMatch.Selects(pod, node)).Select(node => NodeMatch.Domain(node, topologyKey)).OfType<string>().Distinct()];
        }

        return values;
    }

    private void Count(Pod pod, Node node, int by)
    {
        Repel(pod, node, by);
        foreach (var count in matching.Values)
        {
            if (count.Matches(pod))
            {
                count.Change(node, by);
            }
        }
    }

    private void Repel(Pod pod, Node node, int by)
    {
        foreach (var term in pod.AntiAffinity)
        {
            var key = Key(pod.Namespace, term.TopologyKey, term.Selector);
            if (!repelling.TryGetValue(key, out var count))
            {
                repelling[key] = count = new(pod.Namespace, term.TopologyKey, term.Selector);
            }

            count.Change(node, by);
        }
    }

    private Node? Stays(Pod pod) =>
        pod.Node is { } name && !pod.Finished && pod.DeletionDue is null && !leaving.Contains(name) ? view.Nodes.GetValueOrDefault(name) : null;

    private IEnumerable<Pod> Candidates(string @namespace, Selector selector)
    {
        if (selector.MatchLabels.IsEmpty)
        {
            return view.Pods.Values;
        }

        var (label, value) = selector.MatchLabels.First();
        if (!byLabel.TryGetValue(label, out var lookup))
        {
            byLabel[label] = lookup = view.Pods.Values.Where(pod => pod.Labels.ContainsKey(label)).ToLookup(pod => (pod.Namespace, pod.Labels[label]));
        }

        return lookup[(@namespace, value)];
    }

    private static string Selection(Pod pod)
    {
        if (pod.NodeSelector.IsEmpty && pod.NodeAffinity.IsEmpty)
        {
            return "";
        }

        var text = new StringBuilder();
        foreach (var (key, value) in pod.NodeSelector)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}={value},");
        }

        foreach (var term in pod.NodeAffinity)
        {
            Append(text.Append('|'), term);
        }

        return text.ToString();
    }

    private static string Key(string @namespace, string topologyKey, Selector selector)
    {
        var text = new StringBuilder(@namespace).Append('\n').Append(topologyKey).Append('\n');
        foreach (var (key, value) in selector.MatchLabels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{key}={value},");
        }

        Append(text, selector.Expressions);
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<LabelRequirement> requirements)
    {
        foreach (var requirement in requirements)
        {
            text.Append(CultureInfo.InvariantCulture, $"{requirement.Key} {requirement.Operator} {string.Join('/', requirement.Values)},");
        }
    }
}
