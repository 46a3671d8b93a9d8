using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <summary>Numbered migrations: embedded SQL files <c>NNNN-name.sql</c>, each applied once, in order, in a transaction of its own.</summary>
internal static class Migrations
{
    public static void Apply(SqliteConnection connection, string path)
    {
        connection.Execute("CREATE TABLE IF NOT EXISTS schema_migrations (number BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL)");
        var known = All().ToList();
        var newest = Newest(connection, null);
        if (newest > known[^1].Number)
        {
            throw new StateFileException(path, $"its schema {newest} is newer than {known[^1].Number}, the newest that this fleet knows; use the newer fleet");
        }

        foreach (var (number, name) in known.Where(migration => migration.Number > newest))
        {
            using var transaction = connection.BeginTransaction(deferred: false);

            // Another process may have applied it while this one waited for the lock.
            if (Newest(connection, transaction) < number)
            {
                connection.Execute(Text(name), transaction: transaction);
                connection.Execute("INSERT INTO schema_migrations (number, name) VALUES (@number, @name)", new { number, name }, transaction);
            }

            transaction.Commit();
        }
    }

    private static long Newest(SqliteConnection connection, SqliteTransaction? transaction) =>
        connection.ExecuteScalar<long>("SELECT COALESCE(MAX(number), 0) FROM schema_migrations", transaction: transaction);

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
