using Fleet.Contracts.Storage.Postgres;
using Fleet.Storage;

namespace Fleet.Service.Tests.Databases;

/// <summary>A copy of one that has the tables already: its files are copied, and no migration runs.</summary>
internal sealed class PostgresTestDatabase : TestDatabase
{
    private static readonly Lazy<string> Template = new(Migrated);

    private readonly PostgresDatabase _database = PostgresServer.Shared.Create($"TEMPLATE {Template.Value}");

    public PostgresTestDatabase() => Store = new PostgresStore(DatabaseUrl.Parse(_database.Url), TimeProvider.System);

    public override SqlStore Store { get; }

    public override void Execute(string sql) => _database.Execute(sql);

    protected override void Remove()
    {
        Store.Dispose();
        _database.Dispose();
    }

    private static string Migrated()
    {
        var database = PostgresServer.Shared.Create();
        using var store = new PostgresStore(DatabaseUrl.Parse(database.Url), TimeProvider.System);
        return database.Name;
    }
}
