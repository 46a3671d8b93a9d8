using Dapper;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage.Tests.Schemas;

public sealed class SqliteSchemaTests : SchemaContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override Type Refusal => typeof(StateFileException);

    private string Path => _folder.File("fleet.db");

    public void Dispose() => _folder.Dispose();

    protected override SqlStore Open() => new SqliteStore(Path);

    protected override void Execute(string sql) => Count(sql);

    protected override long Count(string sql)
    {
        SQLitePCL.Batteries.Init();
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=False");
        return connection.ExecuteScalar<long>(sql);
    }
}
