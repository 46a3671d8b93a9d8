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
    public Task<IReadOnlyList<ClusterSpec>> ClustersAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ClusterSpec>>(
            connection =>
            [
                .. connection.Query<(string Spec, string? Uid)>("SELECT spec, kube_system_uid FROM clusters ORDER BY name")
                    .Select(row => SpecJson.Read<ClusterSpec>(row.Spec) with { KubeSystemUid = row.Uid }),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodePoolSpec>> PoolsAsync(string? cluster, CancellationToken cancellationToken)
    {
        var where = cluster is null ? "" : "WHERE cluster = @cluster";
        return Read<IReadOnlyList<NodePoolSpec>>(
            connection => [.. connection.Query<string>($"SELECT spec FROM pools {where} ORDER BY cluster, name", new { cluster }).Select(SpecJson.Read<NodePoolSpec>)],
            cancellationToken);
    }

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
        Write(
            (connection, transaction) =>
            {
                connection.Execute("DELETE FROM pool_status WHERE cluster = @cluster AND pool = @pool", new { cluster, pool }, transaction);
                return connection.Execute("DELETE FROM pools WHERE cluster = @cluster AND name = @pool", new { cluster, pool }, transaction) == 1;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> DeleteClusterAsync(string cluster, CancellationToken cancellationToken) =>
        Write(
            (connection, transaction) =>
            {
                var pools = connection.Query<string>("SELECT name FROM pools WHERE cluster = @cluster ORDER BY name", new { cluster }, transaction).ToList();
                return pools.Count == 0
                    ? connection.Execute("DELETE FROM clusters WHERE name = @cluster", new { cluster }, transaction) == 1
                    : throw InventoryRules.HasPools(cluster, pools);
            },
            cancellationToken);

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
