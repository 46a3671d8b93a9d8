using Dapper;
using Fleet.Core.Runs;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <content>Leases: three columns of the run's row, so that taking one and checking one are single statements.</content>
public sealed partial class SqliteStore
{
    private const string LeaseColumns = "id AS RunId, lease_owner AS Owner, lease_expires AS Expires, fencing AS Fencing";

    /// <inheritdoc/>
    public Task<RunLease> AcquireLeaseAsync(string runId, string owner, TimeSpan duration, DateTimeOffset wallNow, CancellationToken cancellationToken) =>
        Write(
            (connection, transaction) =>
            {
                var mine = connection.QuerySingleOrDefault<LeaseRow>(
                    $"""
                    UPDATE runs
                    SET lease_owner = @owner, lease_expires = @expires, fencing = CASE WHEN lease_owner = @owner THEN fencing ELSE fencing + 1 END
                    WHERE id = @runId AND (lease_owner IS NULL OR lease_owner = @owner OR lease_expires <= @now)
                    RETURNING {LeaseColumns}
                    """,
                    new { runId, owner, expires = Columns.Instant(wallNow + duration), now = Columns.Instant(wallNow) },
                    transaction);
                return (mine ?? Lease(connection, transaction, runId) ?? throw StoreRules.Unknown(runId)).ToLease();
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseLeaseAsync(string runId, string owner, CancellationToken cancellationToken) =>
        Write(
            (connection, transaction) => connection.Execute(
                "UPDATE runs SET lease_owner = NULL, lease_expires = NULL WHERE id = @runId AND lease_owner = @owner",
                new { runId, owner },
                transaction),
            cancellationToken);

    /// <inheritdoc/>
    public Task<RunLease?> LeaseAsync(string runId, CancellationToken cancellationToken) =>
        Read(connection => Lease(connection, null, runId)?.ToLease(), cancellationToken);

    private static LeaseRow? Lease(SqliteConnection connection, SqliteTransaction? transaction, string runId) =>
        connection.QuerySingleOrDefault<LeaseRow>($"SELECT {LeaseColumns} FROM runs WHERE id = @runId AND lease_owner IS NOT NULL", new { runId }, transaction);

    private static RunLostException Lost(SqliteConnection connection, SqliteTransaction transaction, string runId, long fencing, long? version)
    {
        var found = connection.QuerySingleOrDefault<(long Version, long Fencing, string? Owner)?>(
            "SELECT version, fencing, lease_owner FROM runs WHERE id = @runId",
            new { runId },
            transaction);
        return StoreRules.Lost(runId, found, fencing, version);
    }

    private sealed class LeaseRow
    {
        public required string RunId { get; init; }

        public required string Owner { get; init; }

        public required string Expires { get; init; }

        public long Fencing { get; init; }

        public RunLease ToLease() => new(RunId, Owner, Columns.Instant(Expires), Fencing);
    }
}
