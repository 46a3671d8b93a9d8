using Fleet.Contracts.Storage;
using Fleet.Core.Images;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresImageStoreTests : ImageStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IImageStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
