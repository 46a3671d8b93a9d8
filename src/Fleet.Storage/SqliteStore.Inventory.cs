using Dapper;
using Fleet.Core.Inventory;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <content>Declared clusters and pools, and what Fleet remembers of pools.</content>
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public Task ApplyAsync(IReadOnlyList<ClusterSpec> clusters, IReadOnlyList<NodePoolSpec> pools, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clusters);
        ArgumentNullException.ThrowIfNull(pools);
        return Write(
            (connection, transaction) =>
            {
                foreach (var cluster in clusters)
                {
                    PutCluster(connection, transaction, cluster);
                }

                foreach (var pool in pools)
                {
                    PutPool(connection, transaction, pool);
                }

                return true;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ChangeAsync(Func<IReadOnlyList<ClusterSpec>, IReadOnlyList<NodePoolSpec>, InventoryChange> decide, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decide);
        return Write(
            (connection, transaction) =>
            {
                var change = decide(Clusters(connection, transaction), Pools(connection, transaction, null));
                foreach (var cluster in change.Clusters)
                {
                    PutCluster(connection, transaction, cluster);
                }

                foreach (var pool in change.Pools)
                {
                    PutPool(connection, transaction, pool);
                }

                return (change.DeletePool is { } pair && RemovePool(connection, transaction, pair.Cluster, pair.Name))
                    | (change.DeleteCluster is { } name && RemoveCluster(connection, transaction, name));
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken) => Read(connection => Clusters(connection, null), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(string? cluster, CancellationToken cancellationToken) => Read(connection => Pools(connection, null, cluster), cancellationToken);

    /// <inheritdoc/>
    public Task<string> PinAsync(string cluster, string kubeSystemUid, CancellationToken cancellationToken) =>
        Write(
            (connection, transaction) => connection.QuerySingleOrDefault<string>(
                "UPDATE clusters SET kube_system_uid = COALESCE(kube_system_uid, @kubeSystemUid) WHERE name = @cluster RETURNING kube_system_uid",
                new { cluster, kubeSystemUid },
                transaction) ?? throw InventoryRules.UnknownCluster(cluster),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeletePoolAsync(string cluster, string pool, CancellationToken cancellationToken) =>
        Write((connection, transaction) => RemovePool(connection, transaction, cluster, pool), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteClusterAsync(string cluster, CancellationToken cancellationToken) =>
        Write((connection, transaction) => RemoveCluster(connection, transaction, cluster), cancellationToken);

    /// <inheritdoc/>
    public Task<PoolStatus> StatusAsync(string cluster, string pool, CancellationToken cancellationToken) =>
        Read(
            connection => connection.QuerySingleOrDefault<string>("SELECT status FROM pool_status WHERE cluster = @cluster AND pool = @pool", new { cluster, pool }) is { } json
                ? SpecJson.Read<PoolStatus>(json)
                : new PoolStatus(),
            cancellationToken);

    /// <inheritdoc/>
    public Task PutStatusAsync(string cluster, string pool, PoolStatus status, CancellationToken cancellationToken) =>
        Write(
            (connection, transaction) => connection.Execute(
                """
                INSERT INTO pool_status (cluster, pool, status) VALUES (@cluster, @pool, @json)
                ON CONFLICT (cluster, pool) DO UPDATE SET status = excluded.status
                """,
                new { cluster, pool, json = SpecJson.Write(status) },
                transaction),
            cancellationToken);

    private static IReadOnlyList<ClusterSpec> Clusters(SqliteConnection connection, SqliteTransaction? transaction) =>
    [
        .. connection.Query<(string Spec, string? Uid)>("SELECT spec, kube_system_uid FROM clusters ORDER BY name", transaction: transaction)
            .Select(row => SpecJson.Read<ClusterSpec>(row.Spec) with { KubeSystemUid = row.Uid }),
    ];

    private static IReadOnlyList<NodePoolSpec> Pools(SqliteConnection connection, SqliteTransaction? transaction, string? cluster)
    {
        var where = cluster is null ? "" : "WHERE cluster = @cluster";
        return [.. connection.Query<string>($"SELECT spec FROM pools {where} ORDER BY cluster, name", new { cluster }, transaction).Select(SpecJson.Read<NodePoolSpec>)];
    }

    private static bool RemovePool(SqliteConnection connection, SqliteTransaction transaction, string cluster, string pool)
    {
        connection.Execute("DELETE FROM pool_status WHERE cluster = @cluster AND pool = @pool", new { cluster, pool }, transaction);
        return connection.Execute("DELETE FROM pools WHERE cluster = @cluster AND name = @pool", new { cluster, pool }, transaction) == 1;
    }

    private static bool RemoveCluster(SqliteConnection connection, SqliteTransaction transaction, string cluster)
    {
        var pools = connection.Query<string>("SELECT name FROM pools WHERE cluster = @cluster ORDER BY name", new { cluster }, transaction).ToList();
        return pools.Count == 0
            ? connection.Execute("DELETE FROM clusters WHERE name = @cluster", new { cluster }, transaction) == 1
            : throw InventoryRules.HasPools(cluster, pools);
    }

    private static void PutCluster(SqliteConnection connection, SqliteTransaction transaction, ClusterSpec cluster)
    {
        var pinned = connection.QuerySingleOrDefault<string>("SELECT kube_system_uid FROM clusters WHERE name = @Name", new { cluster.Name }, transaction);
        var uid = InventoryRules.Pin(cluster.Name, pinned, cluster.KubeSystemUid);
        connection.Execute(
            """
            INSERT INTO clusters (name, spec, kube_system_uid) VALUES (@Name, @spec, @uid)
            ON CONFLICT (name) DO UPDATE SET spec = excluded.spec, kube_system_uid = excluded.kube_system_uid
            """,
            new { cluster.Name, spec = SpecJson.Write(cluster with { KubeSystemUid = null }), uid },
            transaction);
    }

    private static void PutPool(SqliteConnection connection, SqliteTransaction transaction, NodePoolSpec pool)
    {
        if (connection.ExecuteScalar<long>("SELECT COUNT(*) FROM clusters WHERE name = @Cluster", new { pool.Cluster }, transaction) == 0)
        {
            throw InventoryRules.UnknownCluster(pool.Cluster);
        }

        connection.Execute(
            """
            INSERT INTO pools (cluster, name, spec) VALUES (@Cluster, @Name, @spec)
            ON CONFLICT (cluster, name) DO UPDATE SET spec = excluded.spec
            """,
            new { pool.Cluster, pool.Name, spec = SpecJson.Write(pool) },
            transaction);
    }
}
