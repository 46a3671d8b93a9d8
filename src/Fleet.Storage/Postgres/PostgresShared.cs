using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>Connections for those who hold their own transactions: a few, so that what waits there never keeps runs from the database.</summary>
internal static class PostgresShared
{
    private const int MostConnections = 5;

    /// <summary>As in Fleet's own transactions, one who freezes keeps the others out for a few seconds only.</summary>
    private const string Limits = "SET lock_timeout = '4s'; SET idle_in_transaction_session_timeout = '5s'";

    public static NpgsqlDataSource Create(string connectionString)
    {
        // Without a reset when a connection goes back to the pool, which would take the limits away.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { MaxPoolSize = MostConnections, NoResetOnClose = true };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.UsePhysicalConnectionInitializer(
            connection =>
            {
                using var command = new NpgsqlCommand(Limits, connection);
                command.ExecuteNonQuery();
            },
            async connection =>
            {
                var command = new NpgsqlCommand(Limits, connection);
                await using (command.ConfigureAwait(false))
                {
                    await command.ExecuteNonQueryAsync().ConfigureAwait(false);
                }
            });
        return builder.Build();
    }
}
