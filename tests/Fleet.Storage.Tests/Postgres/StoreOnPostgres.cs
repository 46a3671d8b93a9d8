using Fleet.Contracts.Storage.Postgres;

namespace Fleet.Storage.Tests.Postgres;

/// <summary>A store on a database of its own, with the database's clock and the wall clock in the test's hands.</summary>
internal sealed class StoreOnPostgres : IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();
    private readonly StoppedClock _wall = new();

    public StoreOnPostgres()
    {
        _database.StopClock();
        Store = new PostgresStore(DatabaseUrl.Parse(_database.Url), _wall);
    }

    public PostgresDatabase Database => _database;

    public PostgresStore Store { get; }

    public void TimeIs(DateTimeOffset now)
    {
        _wall.Now = now;
        _database.ClockShows(now);
    }

    public void Dispose()
    {
        Store.Dispose();
        _database.Dispose();
    }
}
