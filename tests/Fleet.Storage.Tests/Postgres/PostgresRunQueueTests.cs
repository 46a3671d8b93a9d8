using Fleet.Contracts.Storage;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresRunQueueTests : RunQueueContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IRunStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();

    protected override void TimeIs(DateTimeOffset now) => _stage.TimeIs(now);
}
