using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <summary>
/// Inventory and runs in one SQLite file. Several processes may use the file at once: readers never wait, writers wait for one another.
/// SQLite's provider is synchronous, so the tasks returned are complete; a transaction takes milliseconds.
/// </summary>
public sealed partial class SqliteStore : IRunStore, IInventoryStore, IDisposable
{
    private readonly SqliteDatabase _database;

    /// <summary>Opens the file, makes it where it is missing (mode 0600) and brings its schema up to date.</summary>
    /// <param name="path">Path of the file; <see cref="StateFile.DefaultPath"/> names the usual one.</param>
    /// <exception cref="StateFileException">It cannot be opened, is no database, or was written by a newer Fleet.</exception>
    public SqliteStore(string path) => _database = new SqliteDatabase(path);

    /// <summary>Closes the pooled connections to the file.</summary>
    public void Dispose() => _database.Dispose();
}
