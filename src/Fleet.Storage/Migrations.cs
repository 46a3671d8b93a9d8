using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Fleet.Storage;

/// <summary>
/// Numbered migrations: embedded SQL files <c>NNNN-name.sql</c>, each applied once, in order, in a transaction of its own. While replicas are exchanged for newer ones, the older ones go on with the newer schema: a migration
/// leaves everything in place that the statements of the version before it use.
/// </summary>
internal static class Migrations
{
    public static void Apply(DbConnection connection, ISqlDialect dialect)
    {
        var known = All().ToList();
        var found = Newest(connection, dialect, null);
        if (found > known[^1].Number)
        {
            throw dialect.TooNew(found, known[^1].Number);
        }

        foreach (var (number, name) in known.Where(migration => migration.Number > found))
        {
            using var transaction = dialect.Begin(connection);

            // Another process may have applied it while this one waited for the lock.
            if (Newest(connection, dialect, transaction) < number)
            {
                connection.Execute("CREATE TABLE IF NOT EXISTS schema_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)", transaction: transaction);
                connection.Execute(dialect.Translate(Text(name)), transaction: transaction);
                connection.Execute("INSERT INTO schema_migrations (number, name) VALUES (@number, @name)", new { number, name }, transaction);
            }

            transaction.Commit();
        }
    }

    /// <summary>The number of the newest migration applied; 0 in an empty database.</summary>
    private static long Newest(DbConnection connection, ISqlDialect dialect, DbTransaction? transaction) =>
        connection.ExecuteScalar<long>(dialect.CountMigrationTables, transaction: transaction) == 0
            ? 0
            : connection.ExecuteScalar<long>("SELECT COALESCE(MAX(number), 0) FROM schema_migrations", transaction: transaction);

    private static IEnumerable<(long Number, string Name)> All() =>
        typeof(Migrations).Assembly.GetManifestResourceNames()
            .Select(name => (long.Parse(name.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture), name))
            .OrderBy(migration => migration.Item1);

    private static string Text(string name)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
