using Fleet.Storage;
using Microsoft.Data.Sqlite;

namespace Fleet.Service.Tests.Databases;

internal sealed class SqliteTestDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fleet-service-");

    public SqliteTestDatabase() => Store = new SqliteStore(Path);

    public override SqlStore Store { get; }

    private string Path => System.IO.Path.Combine(_folder.FullName, "fleet.db");

    public override void Execute(string sql)
    {
        using var database = new SqliteConnection($"Data Source={Path}");
        database.Open();
        using var command = database.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    protected override void Remove()
    {
        Store.Dispose();
        _folder.Delete(recursive: true);
    }
}
