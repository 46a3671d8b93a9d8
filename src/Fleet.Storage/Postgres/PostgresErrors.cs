using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>What errors of PostgreSQL mean (PostgreSQL documentation, "PostgreSQL Error Codes").</summary>
internal static class PostgresErrors
{
    /// <summary>idle_in_transaction_session_timeout, which the provider has no name for.</summary>
    private const string IdleInTransaction = "25P03";

    /// <summary>Whether the same may succeed when it is tried again: the server is away for a while, had to break one of two transactions, or ended one whose program stood still for a while.</summary>
    public static bool IsWorthAnother(NpgsqlException error) =>
        error.IsTransient || IsOfStandby(error) || error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or IdleInTransaction;

    /// <summary>Whether the server takes no writes any more: it has been made a standby, and its name leads to its successor by now or soon.</summary>
    public static bool IsOfStandby(NpgsqlException error) => error.SqlState is PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>Whether the server says for certain that the transaction was rolled back; all else leaves a commit in doubt.</summary>
    public static bool IsRolledBack(NpgsqlException error) => error.SqlState is { } state && (state.StartsWith("40", StringComparison.Ordinal) || state.StartsWith("23", StringComparison.Ordinal));

    /// <summary>Why a database cannot be opened, and the cure.</summary>
    public static DatabaseException Opening(DatabaseUrl url, NpgsqlException error) => new(
        url,
        error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                $"{Sentence(error)}; check user and password in {DatabaseUrl.Variable} (or PGPASSWORD), and pg_hba.conf of the server",
            PostgresErrorCodes.InvalidCatalogName => $"{Sentence(error)}; create it: createdb -h {url.Host} -p {url.Port} -O {url.User} {url.Database}",
            PostgresErrorCodes.InsufficientPrivilege => $"{Sentence(error)}; let the user make Fleet's tables: GRANT CREATE, USAGE ON SCHEMA public TO \"{url.User}\"",
            null => $"{Sentence(error)}; check that it runs and is reached from here: pg_isready -h {url.Host} -p {url.Port}",
            _ => Sentence(error),
        },
        error);

    /// <summary>The server's own sentence, without its code and without the values of rows.</summary>
    public static string Sentence(NpgsqlException error) => error is PostgresException { MessageText: var text } ? text : error.InnerException is { } inner ? $"{error.Message}: {inner.Message}" : error.Message;
}
