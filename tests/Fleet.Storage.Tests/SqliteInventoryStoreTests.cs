using Fleet.Contracts.Storage;
using Fleet.Core.Inventory;

namespace Fleet.Storage.Tests;

public sealed class SqliteInventoryStoreTests : InventoryStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteInventoryStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IInventoryStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
