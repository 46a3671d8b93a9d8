using Fleet.Contracts.Storage;
using Fleet.Core.Runs;
using Fleet.Simulation.Storage;

namespace Fleet.Storage.Tests;

public sealed class MemoryRunQueueTests : RunQueueContract
{
    protected override IRunStore Store { get; } = new MemoryStore();
}
