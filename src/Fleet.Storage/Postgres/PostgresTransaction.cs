using System.Data;
using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>
/// One transaction under a scope's advisory lock. Each statement reads what is committed, and nobody else commits in the scope; so nothing that was read changes, without the false conflicts of a stricter isolation.
/// </summary>
internal static class PostgresTransaction
{
    /// <summary>The key of a scope's lock.</summary>
    public const string ScopeKey = "hashtextextended('fleet/' || @scope, 0)";

    /// <summary>
    /// A writer that froze keeps others out of its scope for a few seconds only; an intention that was recorded survives a power cut, also where the server would rather be quick. The transaction's id, and since when the
    /// server runs, tell later what became of it.
    /// </summary>
    private const string Begin =
        $"""
        SELECT set_config('lock_timeout', '4s', true), set_config('idle_in_transaction_session_timeout', '5s', true),
          CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END,
          pg_advisory_xact_lock({ScopeKey})::text, pg_current_xact_id()::text, extract(epoch FROM pg_postmaster_start_time())::text
        """;

    /// <summary>Runs it once.</summary>
    /// <exception cref="NpgsqlException">It was rolled back.</exception>
    public static async Task<TransactionEnd<T>> RunAsync<T>(NpgsqlDataSource source, string scope, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                var mark = await MarkAsync(connection, scope, cancellationToken).ConfigureAwait(false);
                var result = await write(new SqlSession(connection, transaction, PostgresDatabase.Clock, cancellationToken)).ConfigureAwait(false);
                try
                {
                    // Not cancelled: a caller that gives up now would not know whether it counts.
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                    return new(result, mark, null);
                }
                catch (NpgsqlException lost) when (!PostgresErrors.IsRolledBack(lost))
                {
                    return new(result, mark, lost);
                }
            }
        }
    }

    private static async Task<TransactionMark> MarkAsync(NpgsqlConnection connection, string scope, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Begin, connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.AddWithValue("scope", scope);
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
            {
                await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                return new TransactionMark(reader.GetString(4), reader.GetString(5));
            }
        }
    }
}
