using Fleet.Core.Access;
using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <content>What is removed when its time is over.</content>
public abstract partial class SqlStore
{
    private const string Forgettable = "NOT (" + Unfinished + ") AND updated < @before AND EXISTS (SELECT 1 FROM journal WHERE run_id = id AND kind <> 'retention')";

    /// <inheritdoc/>
    public async Task<int> ForgetJournalsAsync(DateTimeOffset endedBefore, DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        var before = Columns.Instant(endedBefore);
        var ended = await _database.ReadAsync(session => session.QueryAsync<string>($"SELECT id FROM runs WHERE {Forgettable} ORDER BY id LIMIT @limit", new { before, limit }), cancellationToken).ConfigureAwait(false);
        var forgotten = 0;
        foreach (var runId in ended)
        {
            cancellationToken.ThrowIfCancellationRequested();
            forgotten += await _database.WriteAsync(WriteScope.Run(runId), session => ForgetAsync(session, runId, now), cancellationToken).ConfigureAwait(false);
        }

        return forgotten;
    }

    /// <inheritdoc/>
    public Task<AuditEntry?> CutAsync(DateTimeOffset before, DateTimeOffset now, int limit, CancellationToken cancellationToken) => _database.WriteAsync(
        WriteScope.Audit,
        async session =>
        {
            // Replicas' clocks differ: what lies before the first entry that is young enough goes, and nothing behind it. The head stays, as the next entry is chained to it.
            var range = (await session.QueryAsync<(long First, long Head, long? Young)>(
                "SELECT COALESCE(MIN(sequence), 0), COALESCE(MAX(sequence), 0), (SELECT MIN(sequence) FROM audit WHERE at >= @before) FROM audit", new { before = Columns.Instant(before) }).ConfigureAwait(false)).Single();
            var through = Math.Min(Math.Min(range.Head, range.Young ?? long.MaxValue) - 1, range.First + limit - 1);
            if (through < range.First || range.Head == 0)
            {
                return null;
            }

            var anchor = (await session.SingleAsync<string>("SELECT hash FROM audit WHERE sequence = @through", new { through }).ConfigureAwait(false))!;
            var placed = await AppendAsync(session, AuditCut.Entry(through, anchor, through - range.First + 1, now)).ConfigureAwait(false);
            await session.ExecuteAsync("DELETE FROM audit WHERE sequence <= @through", new { through }).ConfigureAwait(false);
            return placed;
        },
        cancellationToken);

    private static async Task<int> ForgetAsync(SqlSession session, string runId, DateTimeOffset now)
    {
        var lines = await session.ExecuteAsync("DELETE FROM journal WHERE run_id = @runId AND kind <> 'retention'", new { runId }).ConfigureAwait(false);
        if (lines == 0)
        {
            // Another replica was quicker.
            return 0;
        }

        await RunRecords.AddAsync(session, runId, [StoreRules.Forgotten(now, lines)]).ConfigureAwait(false);
        return 1;
    }
}
