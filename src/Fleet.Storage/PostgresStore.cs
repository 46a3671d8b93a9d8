using Fleet.Storage.Postgres;

namespace Fleet.Storage;

/// <summary>
/// Inventory and runs in a PostgreSQL database (14 or newer), which several replicas share. Leases are reckoned with the database's clock. A statement that fails because a connection broke or the server asks for it is made
/// again for up to ten seconds; whether a commit without an answer counts is asked of the server, and nothing is written twice.
/// </summary>
public sealed class PostgresStore : SqlStore
{
    private readonly DatabaseUrl _url;

    /// <summary>Opens the database and brings its schema up to date; of several replicas that start at once one does.</summary>
    /// <param name="url">Where it is.</param>
    /// <param name="wall">The wall clock: leases are told by it, and attempts are limited by it.</param>
    /// <exception cref="DatabaseException">It cannot be used; the message names the cure.</exception>
    public PostgresStore(DatabaseUrl url, TimeProvider wall)
        : base(new PostgresDatabase(url, wall), wall) => _url = url;

    /// <inheritdoc/>
    public override string Place => $"database {_url}";

    /// <summary>Holds nothing: replicas share the database, and each run's lease decides who may act.</summary>
    public override IDisposable HoldForService() => new NotHeld();

    private sealed class NotHeld : IDisposable
    {
        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
