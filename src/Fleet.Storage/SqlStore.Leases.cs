using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <content>
/// Leases: three columns of the run's row, so that taking one and checking one are single statements. Where the database has a clock that its users share, that clock alone decides, and what is told of a lease is moved to the
/// caller's clock: replicas whose clocks differ agree on who holds a run and for how much longer.
/// </content>
public abstract partial class SqlStore
{
    private const string LeaseColumns = "id AS RunId, lease_owner AS Owner, lease_expires AS Expires, fencing AS Fencing";

    /// <inheritdoc/>
    public Task<RunLease> AcquireLeaseAsync(string runId, string owner, TimeSpan duration, DateTimeOffset wallNow, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Run(runId),
            async session =>
            {
                var now = await session.LeaseNowAsync(wallNow).ConfigureAwait(false);
                var mine = await session.SingleAsync<LeaseRow>(
                    $"""
                    UPDATE runs
                    SET lease_owner = @owner, lease_expires = @expires, fencing = CASE WHEN lease_owner = @owner THEN fencing ELSE fencing + 1 END
                    WHERE id = @runId AND (lease_owner IS NULL OR lease_owner = @owner OR lease_expires <= @now)
                    RETURNING {LeaseColumns}
                    """,
                    new { runId, owner, expires = Columns.Instant(now + duration), now = Columns.Instant(now) }).ConfigureAwait(false);
                var lease = mine ?? await LeaseAsync(session, runId).ConfigureAwait(false) ?? throw StoreRules.Unknown(runId);
                return lease.ToLease(wallNow - now);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseLeaseAsync(string runId, string owner, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Run(runId),
            session => session.ExecuteAsync("UPDATE runs SET lease_owner = NULL, lease_expires = NULL WHERE id = @runId AND lease_owner = @owner", new { runId, owner }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<RunLease?> LeaseAsync(string runId, CancellationToken cancellationToken) =>
        _database.ReadAsync(
            async session =>
            {
                var now = _wall.GetUtcNow();
                return (await LeaseAsync(session, runId).ConfigureAwait(false))?.ToLease(now - await session.LeaseNowAsync(now).ConfigureAwait(false));
            },
            cancellationToken);

    private static Task<LeaseRow?> LeaseAsync(SqlSession session, string runId) =>
        session.SingleAsync<LeaseRow>($"SELECT {LeaseColumns} FROM runs WHERE id = @runId AND lease_owner IS NOT NULL", new { runId });

    private static async Task<RunLostException> LostAsync(SqlSession session, string runId, long fencing, long? version)
    {
        var found = await session.SingleAsync<(long Version, long Fencing, string? Owner)?>(
            "SELECT version, fencing, lease_owner FROM runs WHERE id = @runId", new { runId }).ConfigureAwait(false);
        return StoreRules.Lost(runId, found, fencing, version);
    }

    private sealed class LeaseRow
    {
        public required string RunId { get; init; }

        public required string Owner { get; init; }

        public required string Expires { get; init; }

        public long Fencing { get; init; }

        /// <summary>The lease by the caller's clock, which is ahead of the lease's by so much.</summary>
        public RunLease ToLease(TimeSpan ahead) => new(RunId, Owner, Columns.Instant(Expires) + ahead, Fencing);
    }
}
