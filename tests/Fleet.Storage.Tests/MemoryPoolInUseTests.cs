using Fleet.Contracts.Storage;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Storage;

namespace Fleet.Storage.Tests;

public sealed class MemoryPoolInUseTests : PoolInUseContract
{
    private readonly MemoryStore _store = new();

    protected override IRunStore Store => _store;

    protected override IInventoryStore Inventory => _store;
}
