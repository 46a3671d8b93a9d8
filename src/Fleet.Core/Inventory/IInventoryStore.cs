namespace Fleet.Core.Inventory;

/// <summary>The declared resources.</summary>
public interface IInventoryStore
{
    /// <summary>Stores clusters and pools, all or none; replaces those of the same name.</summary>
    Task ApplyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> pools, CancellationToken cancellationToken);

    /// <summary>All clusters, by name.</summary>
    Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken);

    /// <summary>All pools, by cluster and name; of one cluster where given.</summary>
    Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(string? cluster, CancellationToken cancellationToken);

    /// <summary>Removes a pool.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> DeletePoolAsync(string cluster, string pool, CancellationToken cancellationToken);

    /// <summary>Removes a cluster that has no pools.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteClusterAsync(string cluster, CancellationToken cancellationToken);

    /// <summary>What Fleet remembers of a pool.</summary>
    Task<PoolStatus> StatusAsync(string cluster, string pool, CancellationToken cancellationToken);

    /// <summary>Remembers something of a pool.</summary>
    Task PutStatusAsync(string cluster, string pool, PoolStatus status, CancellationToken cancellationToken);
}
