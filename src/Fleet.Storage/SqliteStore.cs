namespace Fleet.Storage;

/// <summary>
/// Inventory and runs in one SQLite file. Several processes may use the file at once: readers never wait, writers wait for one another.
/// SQLite's provider is synchronous, so the tasks returned are complete; a transaction takes milliseconds. Leases are reckoned with the caller's clock, which all processes of the machine share.
/// </summary>
public sealed class SqliteStore : SqlStore
{
    /// <summary>Opens the file, makes it where it is missing (mode 0600) and brings its schema up to date.</summary>
    /// <param name="path">Path of the file; <see cref="StateFile.DefaultPath"/> names the usual one.</param>
    /// <exception cref="StateFileException">It cannot be opened, is no database, or was written by a newer Fleet.</exception>
    public SqliteStore(string path)
        : base(new SqliteDatabase(path), TimeProvider.System) => Path = path;

    /// <summary>Path of the file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string Place => $"state file {Path}";

    /// <summary>Takes the file's <see cref="ServiceLock"/>: a state file has one service.</summary>
    /// <exception cref="StateFileException">Another service has it.</exception>
    public override IDisposable HoldForService() => ServiceLock.Take(Path);
}
