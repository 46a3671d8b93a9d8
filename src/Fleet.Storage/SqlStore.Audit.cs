using Fleet.Core.Access;

namespace Fleet.Storage;

/// <content>The audit log.</content>
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<AuditEntry> AppendAsync(AuditEntry entry, CancellationToken cancellationToken) =>
        _database.WriteAsync(WriteScope.Audit, session => AppendAsync(session, entry), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<AuditEntry>> EntriesAsync(long after, int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<AuditEntry>>(
            async session =>
            [
                .. (await session.QueryAsync<AuditRow>($"SELECT {AuditRow.Columns} FROM audit WHERE sequence > @after ORDER BY sequence LIMIT @limit", new { after, limit }).ConfigureAwait(false))
                    .Select(row => row.ToEntry()),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<AuditEntry?> HeadAsync(CancellationToken cancellationToken) => _database.ReadAsync(HeadAsync, cancellationToken);

    private static async Task<AuditEntry> AppendAsync(SqlSession session, AuditEntry entry)
    {
        // Nobody else writes in this scope, so that nobody takes the same place.
        var last = await HeadAsync(session).ConfigureAwait(false);
        var placed = AuditChain.Append(entry, (last?.Sequence ?? 0) + 1, last?.Hash ?? AuditChain.Root);
        await session.ExecuteAsync(
            "INSERT INTO audit (sequence, at, caller, source, action, outcome, value_before, value_after, hash) VALUES (@Sequence, @At, @Caller, @Source, @Action, @Outcome, @Before, @After, @Hash)",
            AuditRow.Of(placed)).ConfigureAwait(false);
        return placed;
    }

    private static async Task<AuditEntry?> HeadAsync(SqlSession session) =>
        (await session.QueryAsync<AuditRow>($"SELECT {AuditRow.Columns} FROM audit ORDER BY sequence DESC LIMIT 1").ConfigureAwait(false)).SingleOrDefault()?.ToEntry();
}
