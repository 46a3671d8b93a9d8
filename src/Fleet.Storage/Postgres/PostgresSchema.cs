using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>Looks whether a server will do, and brings the database to the newest schema.</summary>
internal static class PostgresSchema
{
    /// <summary>From here on a server can say what became of a transaction whose answer was lost, and waits until a session that it ends is gone.</summary>
    private static readonly Version Oldest = new(14, 0);

    /// <summary>A replica waits for another one's migration, and an index over years of journal takes its time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="DatabaseException">It cannot be used.</exception>
    public static void Prepare(DatabaseUrl url)
    {
        try
        {
            using var connection = new NpgsqlConnection(url.ConnectionString(Patience, pooled: false));
            connection.Open();
            if (connection.PostgreSqlVersion < Oldest)
            {
                throw new DatabaseException(url, $"it is PostgreSQL {connection.PostgreSqlVersion}; Fleet needs {Oldest.Major} or newer");
            }

            if (connection.PostgresParameters["server_encoding"] is var encoding and not "UTF8")
            {
                throw new DatabaseException(url, $"its encoding is {encoding}; Fleet needs UTF8: createdb -E UTF8 -T template0 {url.Database}");
            }

            Migrations.Apply(connection, new PostgresDialect(url));
        }
        catch (NpgsqlException error)
        {
            throw PostgresErrors.Opening(url, error);
        }
    }
}
