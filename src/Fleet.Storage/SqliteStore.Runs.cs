using Dapper;
using Fleet.Core.Runs;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <content>Runs, their journal and ledger.</content>
public sealed partial class SqliteStore
{
    private const string Unfinished = "phase NOT IN ('succeeded', 'failed', 'cancelled')";

    /// <inheritdoc/>
    public Task<Run> CreateAsync(Run run, WhenUnderWay whenUnderWay, CancellationToken cancellationToken)
    {
        StoreRules.CheckNew(run);
        return Write(
            (connection, transaction) =>
            {
                if (run.Key is not null && StoreRules.Repeated(run, Select(connection, "WHERE idempotency_key = @Key", run, transaction).SingleOrDefault()) is { } first)
                {
                    return first;
                }

                // The transaction holds the write lock, so that nobody creates another in between.
                var underWay = Select(connection, $"WHERE cluster = @Cluster AND pool = @Pool AND {Unfinished} AND id <> @Id", run, transaction).ToList();
                var placed = StoreRules.Placed(run, underWay, whenUnderWay);
                if (whenUnderWay == WhenUnderWay.Supersede)
                {
                    connection.Execute("UPDATE runs SET request = 'cancel' WHERE id = @Id", underWay.Select(other => new { other.Id }), transaction);
                }

                return connection.Execute(
                    $"""
                    INSERT INTO runs ({RunRow.StoredColumns})
                    VALUES (@Id, @Kind, @Cluster, @Pool, @Parent, @Key, @OrderDigest, @Turn, @Spec, @State, @Phase, @Reasons, @Request, @Version, @Created, @Updated)
                    ON CONFLICT (id) DO NOTHING
                    """,
                    RunRow.Of(placed),
                    transaction) == 1
                    ? placed
                    : throw StoreRules.Exists(run.Id);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) =>
        Read(connection => Select(connection, "WHERE id = @runId", new { runId }, null).SingleOrDefault(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken)
    {
        var conditions = new List<string>();
        if (cluster is not null)
        {
            conditions.Add("cluster = @cluster");
        }

        if (pool is not null)
        {
            conditions.Add("pool = @pool");
        }

        if (unfinishedOnly)
        {
            conditions.Add(Unfinished);
        }

        return Read<IReadOnlyList<Run>>(connection => [.. Select(connection, $"{Where(conditions)} ORDER BY id DESC", new { cluster, pool }, null)], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> PageAsync(RunFilter filter, int limit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var phases = filter.Phases.Select(Columns.Name).ToList();
        var conditions = new (object? Given, string Condition)[]
        {
            (filter.Kind, "kind = @Kind"),
            (filter.Cluster, "cluster = @Cluster"),
            (filter.Pool, "pool = @Pool"),
            (filter.Key, "idempotency_key = @Key"),
            (filter.OlderThan, "id < @OlderThan"),
            (phases.Count > 0 ? phases : null, "phase IN @phases"),
        };
        var where = Where([.. conditions.Where(condition => condition.Given is not null).Select(condition => condition.Condition)]);
        var values = new { filter.Kind, filter.Cluster, filter.Pool, filter.Key, filter.OlderThan, phases, limit };
        return Read<IReadOnlyList<Run>>(connection => [.. Select(connection, $"{where} ORDER BY id DESC LIMIT @limit", values, null)], cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Run> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var row = RunRow.Of(commit.Run);
        return Write(
            (connection, transaction) =>
            {
                var stored = connection.QuerySingleOrDefault<RunRow>(
                    $"""
                    UPDATE runs
                    SET state = @State, phase = @Phase, reasons = @Reasons, updated = @Updated, version = version + 1,
                        request = CASE WHEN request = @handled THEN 'none' ELSE request END
                    WHERE id = @Id AND version = @Version AND fencing = @Fencing AND lease_owner IS NOT NULL
                    RETURNING {RunRow.ColumnList}
                    """,
                    new { row.Id, row.State, row.Phase, row.Reasons, row.Updated, row.Version, commit.Fencing, handled = Columns.Name(commit.HandledRequest) },
                    transaction) ?? throw Lost(connection, transaction, row.Id, commit.Fencing, row.Version);
                AddJournal(connection, transaction, row.Id, commit.Journal);
                AddLedger(connection, transaction, row.Id, commit.Ledger);
                return stored.ToRun();
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string runId, long fencing, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entries);
        return Write(
            (connection, transaction) =>
            {
                // A write that changes nothing: it takes the row's lock where the database has row locks.
                var held = connection.Execute(
                    "UPDATE runs SET fencing = fencing WHERE id = @runId AND fencing = @fencing AND lease_owner IS NOT NULL",
                    new { runId, fencing },
                    transaction);
                return held == 1 ? AddJournal(connection, transaction, runId, entries) : throw Lost(connection, transaction, runId, fencing, null);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> JournalAsync(string runId, long after, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<JournalEntry>>(
            connection =>
            [
                .. connection.Query<JournalRow>(
                    """
                    SELECT sequence, at, kind, subject, message, action_id AS ActionId
                    FROM journal WHERE run_id = @runId AND sequence > @after ORDER BY sequence
                    """,
                    new { runId, after }).Select(row => row.ToEntry()),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string runId, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<LedgerEntry>>(
            connection =>
            [
                .. connection.Query<LedgerRow>(
                    """
                    SELECT kind, subject, value_before AS ValueBefore, mine, status, action_id AS ActionId, note, at
                    FROM ledger WHERE run_id = @runId ORDER BY ordinal
                    """,
                    new { runId }).Select(row => row.ToEntry()),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task RequestAsync(string runId, RunRequest request, CancellationToken cancellationToken) =>
        Write(
            (connection, transaction) =>
                connection.Execute("UPDATE runs SET request = @request WHERE id = @runId", new { runId, request = Columns.Name(request) }, transaction) == 1
                    ? true
                    : throw StoreRules.Unknown(runId),
            cancellationToken);

    private static IEnumerable<Run> Select(SqliteConnection connection, string which, object values, SqliteTransaction? transaction) =>
        connection.Query<RunRow>($"SELECT {RunRow.ColumnList} FROM runs {which}", values, transaction).Select(row => row.ToRun());

    private static string Where(List<string> conditions) => conditions.Count == 0 ? "" : $"WHERE {string.Join(" AND ", conditions)}";

    private static int AddJournal(SqliteConnection connection, SqliteTransaction transaction, string runId, IReadOnlyCollection<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        var last = connection.ExecuteScalar<long>(
            "UPDATE runs SET journal_length = journal_length + @count WHERE id = @runId RETURNING journal_length",
            new { runId, count = entries.Count },
            transaction);
        var sequence = last - entries.Count;
        return connection.Execute(
            "INSERT INTO journal (run_id, sequence, at, kind, subject, message, action_id) VALUES (@runId, @sequence, @at, @Kind, @Subject, @Message, @ActionId)",
            entries.Select(entry => new { runId, sequence = ++sequence, at = Columns.Instant(entry.At), entry.Kind, entry.Subject, entry.Message, entry.ActionId }),
            transaction);
    }

    private static void AddLedger(SqliteConnection connection, SqliteTransaction transaction, string runId, IReadOnlyCollection<LedgerEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var ordinal = connection.ExecuteScalar<long>(
            "UPDATE runs SET ledger_length = ledger_length + @count WHERE id = @runId RETURNING ledger_length - @count",
            new { runId, count = entries.Count },
            transaction);
        connection.Execute(
            """
            INSERT INTO ledger (run_id, kind, subject, ordinal, value_before, mine, status, action_id, note, at)
            VALUES (@runId, @Kind, @Subject, @ordinal, @Before, @Mine, @status, @ActionId, @Note, @at)
            ON CONFLICT (run_id, kind, subject) DO UPDATE SET
              value_before = excluded.value_before, mine = excluded.mine, status = excluded.status,
              action_id = excluded.action_id, note = excluded.note, at = excluded.at
            """,
            entries.Select(entry => new
            {
                runId,
                entry.Kind,
                entry.Subject,
                ordinal = ++ordinal,
                entry.Before,
                entry.Mine,
                status = Columns.Name(entry.Status),
                entry.ActionId,
                entry.Note,
                at = Columns.Instant(entry.At),
            }),
            transaction);
    }

    private Task<T> Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken) =>
        Completed(() => _database.Read(read, cancellationToken));

    private Task<T> Write<T>(Func<SqliteConnection, SqliteTransaction, T> write, CancellationToken cancellationToken) =>
        Completed(() => _database.Write(write, cancellationToken));

    private static Task<T> Completed<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (OperationCanceledException e)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
#pragma warning disable CA1031 // Not swallowed: a task carries it to whoever awaits.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Task.FromException<T>(e);
        }
    }
}
