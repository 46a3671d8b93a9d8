using Dapper;
using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>By what a server knows a transaction after the connection was lost (PostgreSQL documentation, "Transaction ID and Snapshot Information Functions").</summary>
/// <param name="Id">Its id.</param>
/// <param name="ServerStarted">Since when the server runs. One that was started since may be a standby that never saw the transaction and has given its id to another one.</param>
internal sealed record TransactionMark(string Id, string ServerStarted)
{
    /// <summary>A session that still holds the transaction is ended, so that it cannot be committed after it was taken for lost.</summary>
    private const string End =
        """
        SELECT COUNT(pg_terminate_backend(pid, 2000)) FROM pg_stat_activity
        WHERE datname = current_database() AND backend_xid::text::bigint = CAST(@Id AS bigint) % 4294967296 AND pid <> pg_backend_pid()
        """;

    private const string Ask = "SELECT pg_xact_status(CAST(@Id AS xid8)) WHERE extract(epoch FROM pg_postmaster_start_time())::text = @ServerStarted";

    /// <summary>Whether it was committed; null where the server cannot say.</summary>
    public async Task<bool?> IsCommittedAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var connection = await source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            await connection.ExecuteAsync(new CommandDefinition(End, this, cancellationToken: cancellationToken)).ConfigureAwait(false);
            return await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(Ask, this, cancellationToken: cancellationToken)).ConfigureAwait(false) switch
            {
                "committed" => true,
                "aborted" => false,
                _ => null,
            };
        }
    }
}
