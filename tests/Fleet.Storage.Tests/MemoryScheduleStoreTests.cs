using Fleet.Contracts.Storage;
using Fleet.Core.Schedules;
using Fleet.Simulation.Storage;

namespace Fleet.Storage.Tests;

public sealed class MemoryScheduleStoreTests : ScheduleStoreContract
{
    protected override IScheduleStore Store { get; } = new MemoryStore();
}
