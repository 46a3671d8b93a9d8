using Fleet.Contracts.Storage;
using Fleet.Core.Access;

namespace Fleet.Storage.Tests;

public sealed class SqliteAuditStoreTests : AuditStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteAuditStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IAuditStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
