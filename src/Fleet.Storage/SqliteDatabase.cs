using Dapper;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <summary>Opens connections to one SQLite file, brings it to the newest schema and runs transactions on it.</summary>
internal sealed class SqliteDatabase : IDisposable
{
    /// <summary>How long a writer waits for another process's transaction, in seconds; a transaction takes milliseconds.</summary>
    private const int BusySeconds = 10;

    private readonly string _connectionString;
    private readonly Lock _writing = new();

    public SqliteDatabase(string path)
    {
        SQLitePCL.Batteries.Init();
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWriteCreate,
            ForeignKeys = true,
            DefaultTimeout = BusySeconds,
        }.ToString();

        try
        {
            StateFile.Prepare(path);
            using var connection = Open();
            connection.Execute("PRAGMA journal_mode = WAL");
            Migrations.Apply(connection, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StateFileException(path, e.Message, e);
        }
    }

    /// <summary>Reads without a transaction: each statement sees one committed state.</summary>
    public T Read<T>(Func<SqliteConnection, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = Open();
        return read(connection);
    }

    /// <summary>
    /// Writes in one transaction that holds the write lock from its start, so that what it reads cannot change before it writes. The writers of this process queue here: SQLite itself lets them ask again and again, and
    /// one that writes all the time would keep the others out.
    /// </summary>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> write, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var connection = Open();
        using var queue = _writing.EnterScope();
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = write(connection, transaction);
        transaction.Commit();
        return result;
    }

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();

        // FULL: what a round records before it acts must survive a power cut, too.
        connection.Execute($"PRAGMA busy_timeout = {BusySeconds * 1000}; PRAGMA synchronous = FULL");
        return connection;
    }
}
