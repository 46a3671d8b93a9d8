using Fleet.Contracts.Storage;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests;

public sealed class SqlitePoolInUseTests : PoolInUseContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqlitePoolInUseTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IRunStore Store => _store;

    protected override IInventoryStore Inventory => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
