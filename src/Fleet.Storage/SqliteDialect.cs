using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <summary>Migrations in a SQLite file; the file's write lock keeps others from migrating.</summary>
internal sealed class SqliteDialect(string path) : ISqlDialect
{
    public string CountMigrationTables => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = 'schema_migrations'";

    public string Translate(string migration) => migration.StartsWith("-- PostgreSQL only.", StringComparison.Ordinal) ? "SELECT 1" : migration;

    public DbTransaction Begin(DbConnection connection) => ((SqliteConnection)connection).BeginTransaction(deferred: false);

    public Exception TooNew(long found, long known) =>
        new StateFileException(path, $"its schema {found} is newer than {known}, the newest that this fleet knows; use the newer fleet");
}
