using Dapper;
using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <content>Runs, their journal and ledger.</content>
public abstract partial class SqlStore
{
    private const string Unfinished = "phase NOT IN ('succeeded', 'failed', 'cancelled')";

    /// <inheritdoc/>
    public Task<Run> CreateAsync(Run run, WhenUnderWay whenUnderWay, CancellationToken cancellationToken)
    {
        StoreRules.CheckNew(run);
        return _database.WriteAsync(
            WriteScope.NewRun,
            async session =>
            {
                if (run.Key is not null && StoreRules.Repeated(run, StoreRules.Under(await SelectAsync(session, "WHERE idempotency_key = @Key", run).ConfigureAwait(false), run.StartedBy)) is { } first)
                {
                    return first;
                }

                // A write that changes nothing: it keeps the pool from being deleted, and sees whether it was.
                var held = await session.ExecuteAsync("UPDATE pools SET spec = spec WHERE cluster = @Cluster AND name = @Pool", run).ConfigureAwait(false);
                if (run.Pool is not null && held == 0 && await session.ScalarAsync<long>("SELECT COUNT(*) FROM clusters WHERE name = @Cluster", run).ConfigureAwait(false) > 0)
                {
                    throw new PoolUndeclaredException(run.Cluster, run.Pool);
                }

                // The scope is held, so that nobody creates another in between.
                var underWay = await SelectAsync(session, $"WHERE cluster = @Cluster AND pool = @Pool AND {Unfinished} AND id <> @Id", run).ConfigureAwait(false);
                var placed = StoreRules.Placed(run, underWay, whenUnderWay);
                if (whenUnderWay == WhenUnderWay.Supersede)
                {
                    await session.ExecuteAsync("UPDATE runs SET request = 'cancel' WHERE id = @Id", underWay.Select(other => new { other.Id })).ConfigureAwait(false);
                }

                var made = await session.ExecuteAsync(
                    $"""
                    INSERT INTO runs ({RunRow.StoredColumns})
                    VALUES (@Id, @Kind, @Cluster, @Pool, @Parent, @Key, @OrderDigest, @Turn, @Spec, @State, @Phase, @Reasons, @Request, @Version, @Created, @Updated, @Origin, @StartedBy, @Person)
                    ON CONFLICT (id) DO NOTHING
                    """,
                    RunRow.Of(placed)).ConfigureAwait(false);
                return made == 1 ? placed : throw StoreRules.Exists(run.Id);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) =>
        _database.ReadAsync(async session => (await SelectAsync(session, "WHERE id = @runId", new { runId }).ConfigureAwait(false)).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken)
    {
        var where = Where([(cluster is not null, "cluster = @cluster"), (pool is not null, "pool = @pool"), (unfinishedOnly, Unfinished)]);
        return _database.ReadAsync(session => SelectAsync(session, $"{where} ORDER BY id DESC", new { cluster, pool }), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> PageAsync(RunFilter filter, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var where = Where(
        [
            (filter.Kind is not null, "kind = @Kind"),
            (filter.Cluster is not null, "cluster = @Cluster"),
            (filter.Among is not null, filter.Among is { IsEmpty: false } among ? $"cluster IN ({string.Join(", ", among.Select((_, place) => $"@among{place}"))})" : "1 = 0"),
            (filter.Pool is not null, "pool = @Pool"),
            (filter.Key is not null, "idempotency_key = @Key"),
            (filter.StartedBy is not null, "started_by = @StartedBy"),
            (filter.OlderThan is not null, "id < @OlderThan"),

            // Names of an enum, written out: databases differ in how they take a list.
            (!filter.Phases.IsEmpty, $"phase IN ({string.Join(", ", filter.Phases.Select(phase => $"'{Columns.Name(phase)}'"))})"),
        ]);
        var values = new DynamicParameters(new { filter.Kind, filter.Cluster, filter.Pool, filter.Key, filter.StartedBy, filter.OlderThan, limit });
        foreach (var (cluster, place) in (filter.Among ?? []).Select((cluster, place) => (cluster, place)))
        {
            values.Add($"among{place}", cluster);
        }

        return _database.ReadAsync(session => SelectAsync(session, $"{where} ORDER BY id DESC LIMIT @limit", values), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Run> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var row = RunRow.Of(commit.Run);
        return _database.WriteAsync(
            WriteScope.Run(row.Id),
            async session =>
            {
                var stored = await session.SingleAsync<RunRow>(
                    $"""
                    UPDATE runs
                    SET state = @State, phase = @Phase, reasons = @Reasons, updated = @Updated, version = version + 1,
                        request = CASE WHEN request = @handled THEN 'none' ELSE request END
                    WHERE id = @Id AND version = @Version AND fencing = @Fencing AND lease_owner IS NOT NULL
                    RETURNING {RunRow.ColumnList}
                    """,
                    new { row.Id, row.State, row.Phase, row.Reasons, row.Updated, row.Version, commit.Fencing, handled = Columns.Name(commit.HandledRequest) }).ConfigureAwait(false)
                    ?? throw await LostAsync(session, row.Id, commit.Fencing, row.Version).ConfigureAwait(false);
                await RunRecords.AddAsync(session, row.Id, commit.Journal).ConfigureAwait(false);
                await RunRecords.AddAsync(session, row.Id, commit.Ledger).ConfigureAwait(false);
                await AddAsync(session, commit.News).ConfigureAwait(false);
                return stored.ToRun();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string runId, long fencing, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return _database.WriteAsync(
            WriteScope.Run(runId),
            async session =>
            {
                // A write that changes nothing: it checks the lease and keeps the row until the lines are written.
                var held = await session.ExecuteAsync(
                    "UPDATE runs SET fencing = fencing WHERE id = @runId AND fencing = @fencing AND lease_owner IS NOT NULL", new { runId, fencing }).ConfigureAwait(false);
                return held == 1
                    ? await RunRecords.AddAsync(session, runId, entries).ConfigureAwait(false)
                    : throw await LostAsync(session, runId, fencing, null).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> JournalAsync(string runId, long after, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => RunRecords.JournalAsync(session, runId, after, limit), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string runId, CancellationToken cancellationToken) =>
        _database.ReadAsync(session => RunRecords.LedgerAsync(session, runId), cancellationToken);

    /// <inheritdoc/>
    public Task RequestAsync(string runId, RunRequest request, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.Run(runId),
            async session => await session.ExecuteAsync("UPDATE runs SET request = @request WHERE id = @runId", new { runId, request = Columns.Name(request) }).ConfigureAwait(false) == 1
                ? true
                : throw StoreRules.Unknown(runId),
            cancellationToken);

    private static async Task<IReadOnlyList<Run>> SelectAsync(SqlSession session, string which, object values) =>
        [.. (await session.QueryAsync<RunRow>($"SELECT {RunRow.ColumnList} FROM runs {which}", values).ConfigureAwait(false)).Select(row => row.ToRun())];

    private static string Where(IEnumerable<(bool Given, string Text)> conditions)
    {
        var given = conditions.Where(condition => condition.Given).Select(condition => condition.Text).ToList();
        return given.Count == 0 ? "" : $"WHERE {string.Join(" AND ", given)}";
    }
}
