namespace Fleet.Simulation.Cluster.Index;

/// <summary>Counts of pods by node, for one selector of spread or anti-affinity. Terminating pods count for anti-affinity, not for spread (Pod Topology Spread Constraints).</summary>
internal sealed class SelectorCount
{
    internal Dictionary<string, int> All { get; } = new(StringComparer.Ordinal);

    internal Dictionary<string, int> Living { get; } = new(StringComparer.Ordinal);

    internal string TopologyKey { get; init; } = "";

    internal static void Add(Dictionary<string, int> counts, string node, int amount)
    {
        var now = counts.GetValueOrDefault(node) + amount;
        if (now == 0)
        {
            counts.Remove(node);
        }
        else
        {
            counts[node] = now;
        }
    }
}
