using Fleet.Contracts.Storage;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresNewsStoreTests : NewsStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override INewsStore News => _stage.Store;

    protected override IRunStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
