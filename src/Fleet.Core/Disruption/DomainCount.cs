namespace Fleet.Core.Disruption;

/// <summary>How many pods there are per value of a topology key.</summary>
internal sealed class DomainCount(string @namespace, string topologyKey, Selector selector)
{
    private readonly Dictionary<string, int> counts = [];

    public string Namespace { get; } = @namespace;

    public string TopologyKey { get; } = topologyKey;

    public Selector Selector { get; } = selector;

    public int Total { get; private set; }

    public int At(Node node) => NodeMatch.Domain(node, TopologyKey) is { } domain ? counts.GetValueOrDefault(domain) : 0;

    public int In(string domain) => counts.GetValueOrDefault(domain);

    public void Change(Node node, int by)
    {
        if (NodeMatch.Domain(node, TopologyKey) is { } domain)
        {
            counts[domain] = counts.GetValueOrDefault(domain) + by;
            Total += by;
        }
    }

    public bool Matches(Pod pod) => Namespace == pod.Namespace && Selector.Matches(pod.Labels);
}
