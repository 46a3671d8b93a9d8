using Fleet.Contracts.Storage;
using Fleet.Core.Images;
using Fleet.Simulation.Storage;

namespace Fleet.Storage.Tests;

public sealed class MemoryImageStoreTests : ImageStoreContract
{
    protected override IImageStore Store { get; } = new MemoryStore();
}
