using Fleet.Contracts.Storage;
using Fleet.Core.Inventory;
using Fleet.Simulation.Storage;

namespace Fleet.Storage.Tests;

public sealed class MemoryInventoryStoreTests : InventoryStoreContract
{
    protected override IInventoryStore Store { get; } = new MemoryStore();
}
