using Npgsql;

namespace Fleet.Storage;

/// <summary>
/// Where a PostgreSQL database is, as libpq writes it: <c>postgres://user:password@host:port/database?sslmode=verify-full</c> (PostgreSQL documentation, "Connection URIs"). Its text form never has the password.
/// </summary>
public sealed class DatabaseUrl
{
    private readonly NpgsqlConnectionStringBuilder _settings;

    internal DatabaseUrl(NpgsqlConnectionStringBuilder settings) => _settings = settings;

    /// <summary>The environment variable that names the database.</summary>
    public const string Variable = "FLEET_DATABASE";

    /// <summary>The host's name or address.</summary>
    public string Host => _settings.Host!;

    /// <summary>The port. Default 5432.</summary>
    public int Port => _settings.Port;

    /// <summary>The database's name. Default the user's name, as libpq has it.</summary>
    public string Database => _settings.Database!;

    /// <summary>The role that signs in.</summary>
    public string User => _settings.Username!;

    /// <summary>Reads an address. A password may also come from PGPASSWORD or the file that PGPASSFILE names.</summary>
    /// <param name="text">The address.</param>
    /// <exception cref="DatabaseUrlException">It cannot work; every error is named, none shows the password.</exception>
    public static DatabaseUrl Parse(string text) => new DatabaseUrlReader(text).Read();

    /// <summary>The address without password and settings.</summary>
    public override string ToString() => $"postgres://{Uri.EscapeDataString(User)}@{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}/{Uri.EscapeDataString(Database)}";

    /// <summary>The provider's settings, with the password, and with how long one statement may take.</summary>
    internal string ConnectionString(TimeSpan statement, bool pooled) =>
        new NpgsqlConnectionStringBuilder(_settings.ConnectionString) { CommandTimeout = (int)statement.TotalSeconds, Pooling = pooled }.ConnectionString;
}
