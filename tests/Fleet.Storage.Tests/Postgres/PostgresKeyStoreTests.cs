using Fleet.Contracts.Storage;
using Fleet.Core.Access;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresKeyStoreTests : KeyStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IKeyStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
