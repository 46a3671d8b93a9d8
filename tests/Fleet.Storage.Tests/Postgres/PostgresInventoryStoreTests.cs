using Fleet.Contracts.Storage;
using Fleet.Core.Inventory;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresInventoryStoreTests : InventoryStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IInventoryStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
