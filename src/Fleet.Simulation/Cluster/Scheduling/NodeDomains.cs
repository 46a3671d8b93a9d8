namespace Fleet.Simulation.Cluster.Scheduling;

/// <summary>The domains that the nodes make for a topology key, read anew when a node has come, gone or changed its labels.</summary>
internal sealed class NodeDomains(ClusterState cluster)
{
    private readonly Dictionary<string, HashSet<string>> _known = new(StringComparer.Ordinal);

    internal void Forget() => _known.Clear();

    internal HashSet<string> Of(string topologyKey)
    {
        if (!_known.TryGetValue(topologyKey, out var domains))
        {
            domains = [.. cluster.Index.Nodes.Where(slot => slot.Node is not null).Select(slot => slot.Domain(topologyKey)).OfType<string>()];
            _known.Add(topologyKey, domains);
        }

        return domains;
    }
}
