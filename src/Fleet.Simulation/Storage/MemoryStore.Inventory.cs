using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Simulation.Storage;

/// <content>Declared clusters and pools, and what Fleet remembers of pools.</content>
public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> pools, CancellationToken cancellationToken) =>
        Locked(() => Apply(clusters, pools), cancellationToken);

    /// <inheritdoc/>
    public Task ChangeAsync(Func<InventorySnapshot, InventoryChange> decide, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                var stored = Snapshot();
                var change = decide(stored);
                InventoryRules.CheckSchedules(change, stored);
                InventoryRules.CheckRecipes(change, stored);
                var left = _pools.Keys.Where(key => key != change.DeletePool && key.Cluster == change.DeleteCluster).Select(key => key.Pool).ToList();
                if (left.Count > 0)
                {
                    throw InventoryRules.HasPools(change.DeleteCluster!, left);
                }

                CheckRuns(change.DeletePool);
                Apply(change.Clusters, change.Pools);
                foreach (var schedule in change.Schedules)
                {
                    _schedules[schedule.Name] = schedule;
                }

                foreach (var recipe in change.Recipes)
                {
                    _recipes[recipe.Name] = recipe;
                }

                return (change.DeleteSchedule is { } gone && RemoveSchedule(gone)) | (change.DeleteRecipe is { } recipeGone && _recipes.Remove(recipeGone)) | (change.DeletePool is { } pool && RemovePool(pool)) | (change.DeleteCluster is { } cluster && _clusters.Remove(cluster));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<InventorySnapshot> SnapshotAsync(CancellationToken cancellationToken) => Locked(Snapshot, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<ClusterSpec>>(() => [.. _clusters.Values], cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(string? cluster, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<NodePoolSpec>>(() => [.. _pools.Values.Where(pool => cluster is null || pool.Cluster == cluster)], cancellationToken);

    /// <inheritdoc/>
    public Task<string> PinAsync(string cluster, string kubeSystemUid, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                var stored = _clusters.TryGetValue(cluster, out var found) ? found : throw InventoryRules.UnknownCluster(cluster);
                var uid = stored.KubeSystemUid ?? kubeSystemUid;
                _clusters[cluster] = stored with { KubeSystemUid = uid };
                return uid;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeletePoolAsync(string cluster, string pool, CancellationToken cancellationToken) => Locked(
            () =>
            {
                InventoryRules.CheckSchedules(new() { DeletePool = (cluster, pool) }, Snapshot());
                CheckRuns((cluster, pool));
                return RemovePool((cluster, pool));
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteClusterAsync(string cluster, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                InventoryRules.CheckSchedules(new() { DeleteCluster = cluster }, Snapshot());
                var pools = _pools.Keys.Where(key => key.Cluster == cluster).Select(key => key.Pool).ToList();
                return pools.Count == 0 ? _clusters.Remove(cluster) : throw InventoryRules.HasPools(cluster, pools);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<PoolStatus> StatusAsync(string cluster, string pool, CancellationToken cancellationToken) =>
        Locked(() => _status.GetValueOrDefault((cluster, pool)) ?? new PoolStatus(), cancellationToken);

    /// <inheritdoc/>
    public Task PutStatusAsync(string cluster, string pool, PoolStatus status, CancellationToken cancellationToken) =>
        Locked(() => _status[(cluster, pool)] = status, cancellationToken);

    private bool Apply(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> pools)
    {
        // Everything is checked before anything is stored.
        var pinned = clusters.Select(cluster =>
            cluster with { KubeSystemUid = InventoryRules.Pin(cluster.Name, _clusters.GetValueOrDefault(cluster.Name)?.KubeSystemUid, cluster.KubeSystemUid) }).ToList();
        var names = clusters.Select(cluster => cluster.Name).ToHashSet();
        if (pools.FirstOrDefault(pool => !names.Contains(pool.Cluster) && !_clusters.ContainsKey(pool.Cluster)) is { } orphan)
        {
            throw InventoryRules.UnknownCluster(orphan.Cluster);
        }

        pinned.ForEach(cluster => _clusters[cluster.Name] = cluster);
        foreach (var pool in pools)
        {
            _pools[(pool.Cluster, pool.Name)] = pool;
        }

        return true;
    }

    private InventorySnapshot Snapshot() => new() { Clusters = [.. _clusters.Values], Pools = [.. _pools.Values], Schedules = [.. _schedules.Values], Recipes = [.. _recipes.Values] };

    private void CheckRuns((string Cluster, string Pool)? gone)
    {
        if (_runs.Values.Select(stored => stored.Run).Where(run => (run.Cluster, run.Pool) == gone && !run.Phase.IsFinal()).MinBy(run => run.Turn) is { } run)
        {
            throw new PoolInUseException(run);
        }
    }

    private bool RemovePool((string Cluster, string Pool) key)
    {
        _status.Remove(key);
        return _pools.Remove(key);
    }
}
