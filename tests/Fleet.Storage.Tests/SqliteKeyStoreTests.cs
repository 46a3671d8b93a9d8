using Fleet.Contracts.Storage;
using Fleet.Core.Access;

namespace Fleet.Storage.Tests;

public sealed class SqliteKeyStoreTests : KeyStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteKeyStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IKeyStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
