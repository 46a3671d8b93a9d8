using Fleet.Contracts.Storage;
using Fleet.Core.Images;

namespace Fleet.Storage.Tests;

public sealed class SqliteImageStoreTests : ImageStoreContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStore _store;

    public SqliteImageStoreTests() => _store = new SqliteStore(_folder.File("fleet.db"));

    protected override IImageStore Store => _store;

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }
}
