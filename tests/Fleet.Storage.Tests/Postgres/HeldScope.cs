using Fleet.Contracts.Storage.Postgres;
using Npgsql;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>A writer that stands still in the middle of a transaction.</summary>
internal sealed class HeldScope : IDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;

    public HeldScope(PostgresDatabase database, string scope)
    {
        _connection = database.Open();
        _transaction = _connection.BeginTransaction();
        using var command = new NpgsqlCommand("SELECT pg_advisory_xact_lock(hashtextextended('fleet/' || @scope, 0))", _connection);
        command.Parameters.AddWithValue("scope", scope);
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }
}
