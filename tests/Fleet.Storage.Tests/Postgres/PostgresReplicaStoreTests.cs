using Fleet.Contracts.Storage;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresReplicaStoreTests : ReplicaStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IReplicaStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
