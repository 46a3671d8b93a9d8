using Fleet.Storage;

namespace Fleet.Service.Tests.Databases;

/// <summary>An empty database with a service's tables, gone after the test.</summary>
public abstract class TestDatabase : IDisposable
{
    /// <summary>The service's store on it.</summary>
    public abstract SqlStore Store { get; }

    public static TestDatabase On(Engine engine) => engine == Engine.Sqlite ? new SqliteTestDatabase() : new PostgresTestDatabase();

    /// <summary>Runs a statement behind the service's back.</summary>
    public abstract void Execute(string sql);

    public void Dispose()
    {
        Remove();
        GC.SuppressFinalize(this);
    }

    protected abstract void Remove();
}
