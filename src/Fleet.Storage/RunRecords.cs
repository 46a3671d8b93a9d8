using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <summary>The journal and the undo ledger of a run.</summary>
internal static class RunRecords
{
    /// <summary>Adds lines to the journal, numbered on.</summary>
    public static async Task<int> AddAsync(SqlSession session, string runId, IReadOnlyCollection<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return 0;
        }

        var last = await session.ScalarAsync<long>(
            "UPDATE runs SET journal_length = journal_length + @count WHERE id = @runId RETURNING journal_length", new { runId, count = entries.Count }).ConfigureAwait(false);
        var sequence = last - entries.Count;
        return await session.ExecuteAsync(
            "INSERT INTO journal (run_id, sequence, at, kind, subject, message, action_id) VALUES (@runId, @sequence, @at, @Kind, @Subject, @Message, @ActionId)",
            entries.Select(entry => new
            {
                runId,
                sequence = ++sequence,
                at = Columns.Instant(entry.At),
                entry.Kind,
                Subject = Columns.Text(entry.Subject),
                Message = Columns.Text(entry.Message),
                entry.ActionId,
            })).ConfigureAwait(false);
    }

    /// <summary>Adds ledger entries; one of the same kind and subject is replaced and keeps its place.</summary>
    public static async Task AddAsync(SqlSession session, string runId, IReadOnlyCollection<LedgerEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        var ordinal = await session.ScalarAsync<long>(
            "UPDATE runs SET ledger_length = ledger_length + @count WHERE id = @runId RETURNING ledger_length - @count", new { runId, count = entries.Count }).ConfigureAwait(false);
        await session.ExecuteAsync(
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
                Note = Columns.Text(entry.Note),
                at = Columns.Instant(entry.At),
            })).ConfigureAwait(false);
    }

    /// <summary>The lines after a number, oldest first.</summary>
    public static async Task<IReadOnlyList<JournalEntry>> JournalAsync(SqlSession session, string runId, long after, int limit)
    {
        var rows = await session.QueryAsync<JournalRow>(
            """
            SELECT sequence, at, kind, subject, message, action_id AS ActionId
            FROM journal WHERE run_id = @runId AND sequence > @after ORDER BY sequence LIMIT @limit
            """,
            new { runId, after, limit }).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToEntry())];
    }

    /// <summary>The ledger, in order of first writing.</summary>
    public static async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(SqlSession session, string runId)
    {
        var rows = await session.QueryAsync<LedgerRow>(
            """
            SELECT kind, subject, value_before AS ValueBefore, mine, status, action_id AS ActionId, note, at
            FROM ledger WHERE run_id = @runId ORDER BY ordinal
            """,
            new { runId }).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToEntry())];
    }
}
