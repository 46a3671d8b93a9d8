using Fleet.Contracts.Storage;
using Fleet.Core.Runs;

namespace Fleet.Storage.Tests;

public sealed class SqliteNewsStoreTests : NewsStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteNewsStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override INewsStore News => _store;

    protected override IRunStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
