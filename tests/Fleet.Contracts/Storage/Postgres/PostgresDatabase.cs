using Npgsql;

namespace Fleet.Contracts.Storage.Postgres;

/// <summary>A database of a test server, gone after the test.</summary>
public sealed class PostgresDatabase(PostgresServer server, string name) : IDisposable
{
    public string Name => name;

    /// <summary>Its address with the password.</summary>
    public string Url => UrlAt(server.Port);

    /// <summary>Its address by another port, e.g. that of a proxy.</summary>
    public string UrlAt(int port) => $"postgres://postgres:{Uri.EscapeDataString(PostgresServer.Password)}@127.0.0.1:{port}/{name}";

    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(server.Settings(name));
        connection.Open();
        return connection;
    }

    public void Execute(string sql) => Scalar<object>(sql);

    public T? Scalar<T>(string sql)
    {
        using var connection = Open();
        using var command = new NpgsqlCommand(sql, connection);
        return command.ExecuteScalar() is T value ? value : default;
    }

    /// <summary>From now on new connections see a clock that shows what the test says: one of the same name that is found first.</summary>
    public void StopClock()
    {
        Execute(
            $"""
            CREATE TABLE test_clock (at timestamptz NOT NULL);
            INSERT INTO test_clock VALUES ('2000-01-01T00:00:00Z');
            CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS 'SELECT at FROM public.test_clock';
            ALTER DATABASE {name} SET search_path = public, pg_catalog
            """);
    }

    public void ClockShows(DateTimeOffset now) => Execute($"UPDATE public.test_clock SET at = '{now.UtcDateTime:O}'");

    public void Dispose()
    {
        try
        {
            server.Execute($"DROP DATABASE {name} WITH (FORCE)");
        }
        catch (PostgresException held) when (held.SqlState == PostgresErrorCodes.ObjectInUse)
        {
            // A session that was ended by force is still leaving: the database goes with the server.
        }
    }
}
