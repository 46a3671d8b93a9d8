using Fleet.Contracts.Storage;
using Fleet.Core.Schedules;

namespace Fleet.Storage.Tests;

public sealed class SqliteScheduleStoreTests : ScheduleStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteScheduleStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IScheduleStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
