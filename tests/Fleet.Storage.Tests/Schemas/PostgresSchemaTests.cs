using Fleet.Contracts.Storage.Postgres;

namespace Fleet.Storage.Tests.Schemas;

public sealed class PostgresSchemaTests : SchemaContract, IDisposable
{
    private readonly PostgresDatabase _database = PostgresServer.Shared.Create();

    protected override Type Refusal => typeof(DatabaseException);

    public void Dispose() => _database.Dispose();

    protected override SqlStore Open() => new PostgresStore(DatabaseUrl.Parse(_database.Url), TimeProvider.System);

    protected override void Execute(string sql) => _database.Execute(sql.Replace(" TEXT", " TEXT COLLATE \"C\"", StringComparison.Ordinal));

    protected override long Count(string sql) => _database.Scalar<long>(sql);
}
