namespace Fleet.Core.Disruption;

/// <summary>What a pod asks of its node, with the counts looked up once for all nodes (Assigning Pods to Nodes; Pod Topology Spread Constraints).</summary>
internal sealed class PodRules
{
    private readonly Pod pod;
    private readonly List<DomainCount> repelled;
    private readonly List<DomainCount> near = [];
    private readonly List<(DomainCount Count, int Most)> even = [];

    public PodRules(Pod pod, Topology topology)
    {
        this.pod = pod;
        repelled = [.. topology.RepellingOf(pod)];
        foreach (var term in pod.AntiAffinity)
        {
            repelled.Add(topology.Matching(pod.Namespace, term.TopologyKey, term.Selector));
        }

        foreach (var term in pod.Affinity)
        {
            var count = topology.Matching(pod.Namespace, term.TopologyKey, term.Selector);

            // The first pod of a group that wants to be together may go anywhere.
            if (count.Total > 0 || !term.Selector.Matches(pod.Labels))
            {
                near.Add(count);
            }
        }

        foreach (var spread in pod.Spread)
        {
            var count = topology.Matching(pod.Namespace, spread.TopologyKey, spread.Selector);
            var least = topology.Domains(pod, spread.TopologyKey).Select(count.In).DefaultIfEmpty().Min();
            even.Add((count, least + spread.MaxSkew - (spread.Selector.Matches(pod.Labels) ? 1 : 0)));
        }
    }

    /// <summary>Why the pod cannot go to a node; the same order for all nodes.</summary>
    public Obstruction Against(Room room)
    {
        var node = room.Node;
        if (NodeMatch.Untolerated(pod, node) is not null)
        {
            return Obstruction.Taint;
        }

        if (!NodeMatch.Selects(pod, node))
        {
            return Obstruction.NodeSelection;
        }

        if (pod.VolumeZones is { } zones && !zones.Contains(node.Zone))
        {
            return Obstruction.VolumeZone;
        }

        var shortage = room.Short(pod);
        return shortage != Obstruction.None ? shortage
            : repelled.Exists(count => count.At(node) > 0) ? Obstruction.AntiAffinity
            : near.Exists(count => count.At(node) == 0) ? Obstruction.Affinity
            : even.Exists(rule => NodeMatch.Domain(node, rule.Count.TopologyKey) is null || rule.Count.At(node) > rule.Most) ? Obstruction.Spread
            : Obstruction.None;
    }
}
