using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <content>Declared clusters and pools, and what Fleet remembers of pools.</content>
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> pools, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(pools);
        return _database.WriteAsync(
            WriteScope.Inventory,
            async session =>
            {
                foreach (var cluster in clusters)
                {
                    await PutAsync(session, cluster).ConfigureAwait(false);
                }

                foreach (var pool in pools)
                {
                    await PutAsync(session, pool).ConfigureAwait(false);
                }

                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ChangeAsync(Func<InventorySnapshot, InventoryChange> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return _database.WriteAsync(
            WriteScope.Inventory,
            async session =>
            {
                var stored = await SnapshotAsync(session).ConfigureAwait(false);
                var change = decide(stored);
                InventoryRules.CheckSchedules(change, stored);
                InventoryRules.CheckRecipes(change, stored);
                foreach (var cluster in change.Clusters)
                {
                    await PutAsync(session, cluster).ConfigureAwait(false);
                }

                foreach (var pool in change.Pools)
                {
                    await PutAsync(session, pool).ConfigureAwait(false);
                }

                foreach (var schedule in change.Schedules)
                {
                    await PutAsync(session, schedule).ConfigureAwait(false);
                }

                foreach (var recipe in change.Recipes)
                {
                    await PutAsync(session, recipe).ConfigureAwait(false);
                }

                var removed = change.DeleteSchedule is { } gone && await RemoveScheduleAsync(session, gone).ConfigureAwait(false);
                removed |= change.DeleteRecipe is { } recipeGone && await RemoveRecipeAsync(session, recipeGone).ConfigureAwait(false);
                removed |= change.DeletePool is { } pair && await RemovePoolAsync(session, pair.Cluster, pair.Name).ConfigureAwait(false);
                return (change.DeleteCluster is { } name && await RemoveClusterAsync(session, name).ConfigureAwait(false)) || removed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InventorySnapshot> SnapshotAsync(CancellationToken cancellationToken) => _database.ReadAsync(SnapshotAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken) => _database.ReadAsync(ClustersAsync, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(string? cluster, CancellationToken cancellationToken) => _database.ReadAsync(session => PoolsAsync(session, cluster), cancellationToken);

    /// <inheritdoc/>
    public Task<string> PinAsync(string cluster, string kubeSystemUid, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Inventory,
            async session => await session.SingleAsync<string>(
                "UPDATE clusters SET kube_system_uid = COALESCE(kube_system_uid, @kubeSystemUid) WHERE name = @cluster RETURNING kube_system_uid",
                new { cluster, kubeSystemUid }).ConfigureAwait(false) ?? throw InventoryRules.UnknownCluster(cluster),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeletePoolAsync(string cluster, string pool, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Inventory,
            async session =>
            {
                InventoryRules.CheckSchedules(new() { DeletePool = (cluster, pool) }, await SnapshotAsync(session).ConfigureAwait(false));
                return await RemovePoolAsync(session, cluster, pool).ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteClusterAsync(string cluster, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Inventory,
            async session =>
            {
                InventoryRules.CheckSchedules(new() { DeleteCluster = cluster }, await SnapshotAsync(session).ConfigureAwait(false));
                return await RemoveClusterAsync(session, cluster).ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<PoolStatus> StatusAsync(string cluster, string pool, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async session =>
                await session.SingleAsync<string>("SELECT status FROM pool_status WHERE cluster = @cluster AND pool = @pool", new { cluster, pool }).ConfigureAwait(false) is { } json
                    ? SpecJson.Read<PoolStatus>(json)
                    : new PoolStatus(),
            cancellationToken);

    /// <inheritdoc/>
    public Task PutStatusAsync(string cluster, string pool, PoolStatus status, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Inventory,
            session => session.ExecuteAsync(
                """
                INSERT INTO pool_status (cluster, pool, status) VALUES (@cluster, @pool, @json)
                ON CONFLICT (cluster, pool) DO UPDATE SET status = excluded.status
                """,
                new { cluster, pool, json = SpecJson.Write(status) }),
            cancellationToken);

    private static async Task<InventorySnapshot> SnapshotAsync(SqlSession session) => new()
    {
        Clusters = await ClustersAsync(session).ConfigureAwait(false),
        Pools = await PoolsAsync(session, null).ConfigureAwait(false),
        Schedules = await SchedulesAsync(session).ConfigureAwait(false),
        Recipes = await RecipesAsync(session).ConfigureAwait(false),
    };

    private static async Task<IReadOnlyList<ClusterSpec>> ClustersAsync(SqlSession session) =>
    [
        .. (await session.QueryAsync<(string Spec, string? Uid)>("SELECT spec, kube_system_uid FROM clusters ORDER BY name").ConfigureAwait(false))
            .Select(row => SpecJson.Read<ClusterSpec>(row.Spec) with { KubeSystemUid = row.Uid }),
    ];

    private static async Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(SqlSession session, string? cluster)
    {
        var where = cluster is null ? "" : "WHERE cluster = @cluster";
        return [.. (await session.QueryAsync<string>($"SELECT spec FROM pools {where} ORDER BY cluster, name", new { cluster }).ConfigureAwait(false)).Select(SpecJson.Read<NodePoolSpec>)];
    }

    private static async Task<bool> RemovePoolAsync(SqlSession session, string cluster, string pool)
    {
        await session.ExecuteAsync("DELETE FROM pool_status WHERE cluster = @cluster AND pool = @pool", new { cluster, pool }).ConfigureAwait(false);
        var removed = await session.ExecuteAsync("DELETE FROM pools WHERE cluster = @cluster AND name = @pool", new { cluster, pool }).ConfigureAwait(false) == 1;

        // After the row is held: a run that was being created is seen now, and one that comes later finds no pool.
        var underWay = await SelectAsync(session, $"WHERE cluster = @cluster AND pool = @pool AND {Unfinished}", new { cluster, pool }).ConfigureAwait(false);
        return underWay.MinBy(run => run.Turn) is { } run ? throw new PoolInUseException(run) : removed;
    }

    private static async Task<bool> RemoveClusterAsync(SqlSession session, string cluster)
    {
        var pools = await session.QueryAsync<string>("SELECT name FROM pools WHERE cluster = @cluster ORDER BY name", new { cluster }).ConfigureAwait(false);
        return pools.Count == 0
            ? await session.ExecuteAsync("DELETE FROM clusters WHERE name = @cluster", new { cluster }).ConfigureAwait(false) == 1
            : throw InventoryRules.HasPools(cluster, pools);
    }

    private static async Task PutAsync(SqlSession session, ClusterSpec cluster)
    {
        var pinned = await session.SingleAsync<string>("SELECT kube_system_uid FROM clusters WHERE name = @Name", new { cluster.Name }).ConfigureAwait(false);
        var uid = InventoryRules.Pin(cluster.Name, pinned, cluster.KubeSystemUid);
        await session.ExecuteAsync(
            """
            INSERT INTO clusters (name, spec, kube_system_uid) VALUES (@Name, @spec, @uid)
            ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, kube_system_uid = excluded.kube_system_uid
            """,
            new { cluster.Name, spec = SpecJson.Write(cluster with { KubeSystemUid = null }), uid }).ConfigureAwait(false);
    }

    private static async Task PutAsync(SqlSession session, NodePoolSpec pool)
    {
        if (await session.ScalarAsync<long>("SELECT COUNT(*) FROM clusters WHERE name = @Cluster", new { pool.Cluster }).ConfigureAwait(false) == 0)
        {
            throw InventoryRules.UnknownCluster(pool.Cluster);
        }

        await session.ExecuteAsync(
            """
            INSERT INTO pools (cluster, name, spec) VALUES (@Cluster, @Name, @spec)
            ON CONFLICT (cluster, name) DO UPDATE SET spec = excluded.spec
            """,
            new { pool.Cluster, pool.Name, spec = SpecJson.Write(pool) }).ConfigureAwait(false);
    }
}
