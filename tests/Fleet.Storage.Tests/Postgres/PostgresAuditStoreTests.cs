using Fleet.Contracts.Storage;
using Fleet.Core.Access;

namespace Fleet.Storage.Tests.Postgres;

public sealed class PostgresAuditStoreTests : AuditStoreContract, IDisposable
{
    private readonly StoreOnPostgres _stage = new();

    protected override IAuditStore Store => _stage.Store;

    public void Dispose() => _stage.Dispose();
}
