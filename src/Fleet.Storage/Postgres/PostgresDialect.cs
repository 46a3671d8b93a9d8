using System.Data;
using System.Data.Common;
using System.Text.RegularExpressions;
using Dapper;

namespace Fleet.Storage.Postgres;

/// <summary>Migrations in a PostgreSQL database; an advisory lock keeps others from migrating.</summary>
internal sealed partial class PostgresDialect(DatabaseUrl url) : ISqlDialect
{
    /// <summary>Read from the catalogue's table: name look-ups such as to_regclass may answer from a session's cache of before it waited for the lock.</summary>
    public string CountMigrationTables => "SELECT COUNT(*) FROM pg_tables WHERE schemaname = ANY (current_schemas(false)) AND tablename = 'schema_migrations'";

    /// <summary>Text sorts byte by byte as in SQLite, whatever the database's own collation.</summary>
    public string Translate(string migration) => TextType().Replace(migration, "TEXT COLLATE \"C\"");

    public DbTransaction Begin(DbConnection connection)
    {
        var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        connection.Execute($"SELECT pg_advisory_xact_lock({PostgresTransaction.ScopeKey})::text", new { scope = WriteScope.Schema }, transaction);
        return transaction;
    }

    public Exception TooNew(long found, long known) =>
        new DatabaseException(url, $"its schema {found} is newer than {known}, the newest that this fleet knows; use the newer fleet");

    [GeneratedRegex(@"\bTEXT\b")]
    private static partial Regex TextType();
}
