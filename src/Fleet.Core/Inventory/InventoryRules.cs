namespace Fleet.Core.Inventory;

/// <summary>What every implementation of <see cref="IInventoryStore"/> refuses, in the same words.</summary>
public static class InventoryRules
{
    /// <summary>There is no cluster of that name.</summary>
    public static InvalidOperationException UnknownCluster(string cluster) => new($"there is no cluster {cluster}");

    /// <summary>The cluster still has pools.</summary>
    public static InvalidOperationException HasPools(string cluster, IEnumerable<string> pools) =>
        new($"cluster {cluster} still has the pools {string.Join(", ", pools)}; delete them first");

    /// <summary>The sentence that refuses another uid than the pinned one.</summary>
    public static string PinnedElsewhere(string cluster, string pinned, string given) =>
        $"cluster {cluster} is pinned to the kube-system uid {pinned}, not {given}: another cluster answers under this name; delete the cluster here if it was made anew";

    /// <summary>The uid that is to be kept: the pinned one, else the given one.</summary>
    /// <exception cref="InvalidOperationException">Both are there and differ.</exception>
    public static string? Pin(string cluster, string? pinned, string? given) =>
        pinned is null || given is null || pinned == given ? pinned ?? given : throw new InvalidOperationException(PinnedElsewhere(cluster, pinned, given));
}
