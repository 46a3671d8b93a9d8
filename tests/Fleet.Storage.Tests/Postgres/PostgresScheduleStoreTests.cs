using Fleet.Contracts.Storage;
using Fleet.Core.Schedules;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresScheduleStoreTests : ScheduleStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IScheduleStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
