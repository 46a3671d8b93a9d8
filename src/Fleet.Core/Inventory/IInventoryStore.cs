namespace Fleet.Core.Inventory;

/// <summary>The declared resources.</summary>
public interface IInventoryStore
{
    /// <summary>Stores clusters and pools, all or none; replaces those of the same name. A cluster without a kube-system uid keeps the one that is pinned.</summary>
    /// <exception cref="InvalidOperationException">A pool's cluster is neither stored nor among <paramref name="clusters"/>, or a cluster names another uid than the pinned one; nothing is stored.</exception>
    Task ApplyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> pools, CancellationToken cancellationToken);

    /// <summary>Changes what is declared in one transaction: between what is decided on and what is stored nobody else's change comes.</summary>
    /// <param name="decide">Decides on all that is declared as it stands; what it throws is thrown here, and nothing is stored. It must not wait for anything.</param>
    /// <param name="cancellationToken">Ends the try before it begins.</param>
    /// <exception cref="InvalidOperationException">As <see cref="ApplyAsync"/>, <see cref="DeletePoolAsync"/> and <see cref="DeleteClusterAsync"/>; and a schedule's cluster is not declared.</exception>
    Task ChangeAsync(Func<InventorySnapshot, InventoryChange> decide, CancellationToken cancellationToken);

    /// <summary>All that is declared. What others change meanwhile may be in it in part; who writes by it decides in <see cref="ChangeAsync"/>.</summary>
    Task<InventorySnapshot> SnapshotAsync(CancellationToken cancellationToken);

    /// <summary>All clusters, by name.</summary>
    Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken);

    /// <summary>All pools, by cluster and name; of one cluster where given.</summary>
    Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(string? cluster, CancellationToken cancellationToken);

    /// <summary>Pins the uid of a cluster's namespace kube-system; the first one stays until the cluster is deleted.</summary>
    /// <returns>The uid that is pinned now: the given one, or the one that was there before.</returns>
    /// <exception cref="InvalidOperationException">There is no such cluster.</exception>
    Task<string> PinAsync(string cluster, string kubeSystemUid, CancellationToken cancellationToken);

    /// <summary>Removes a pool and what Fleet remembers of it.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="InvalidOperationException">A schedule names it, or a run that the same store keeps is under way on it; see <c>PoolInUseException</c>.</exception>
    Task<bool> DeletePoolAsync(string cluster, string pool, CancellationToken cancellationToken);

    /// <summary>Removes a cluster that has neither pools nor schedules.</summary>
    /// <returns>False when there was none.</returns>
    /// <exception cref="InvalidOperationException">It has pools or schedules.</exception>
    Task<bool> DeleteClusterAsync(string cluster, CancellationToken cancellationToken);

    /// <summary>What Fleet remembers of a pool; an empty status where nothing was remembered.</summary>
    Task<PoolStatus> StatusAsync(string cluster, string pool, CancellationToken cancellationToken);

    /// <summary>Remembers something of a pool.</summary>
    Task PutStatusAsync(string cluster, string pool, PoolStatus status, CancellationToken cancellationToken);
}
