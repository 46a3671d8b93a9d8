using Fleet.Contracts.Storage;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests;

public sealed class SqliteReplicaStoreTests : ReplicaStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteReplicaStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IReplicaStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
