using System.Collections.Immutable;

namespace Fleet.Core.Inventory.Pools;

/// <summary>How the pool's machines present themselves as nodes: what user data is rendered with.</summary>
public sealed record NodeSpec
{
    /// <summary>Labels that the kubelet registers its node with; none that NodeRestriction refuses. Default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Taints that the kubelet registers its node with, each key and effect once. Default none.</summary>
    public ImmutableArray<NodeTaintSpec> Taints { get; init; } = [];

    /// <summary>The kubelet's configuration. Default: nothing declared, Kubernetes' defaults hold.</summary>
    public KubeletSpec Kubelet { get; init; } = new();
}
