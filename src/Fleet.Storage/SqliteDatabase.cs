using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Fleet.Storage;

/// <summary>Opens connections to one SQLite file, brings it to the newest schema and runs transactions on it.</summary>
internal sealed class SqliteDatabase : ISqlDatabase
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
            Migrations.Apply(connection, new SqliteDialect(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            throw new StateFileException(path, e.Message, e);
        }
    }

    public DbDataSource? Shared => null;

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellationToken) =>
        Completed(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var connection = Open();
            return Result(read(new SqlSession(connection, null, null, cancellationToken)));
        });

    /// <summary>
    /// One transaction holds the write lock of the whole file from its start, whatever its scope. The writers of this process queue here: SQLite itself lets them ask again and again, and one that writes all the time would
    /// keep the others out.
    /// </summary>
    public Task<T> WriteAsync<T>(string scope, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken) =>
        Completed(() =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var connection = Open();
            using var queue = _writing.EnterScope();
            using var transaction = connection.BeginTransaction(deferred: false);
            var result = Result(write(new SqlSession(connection, transaction, null, cancellationToken)));
            transaction.Commit();
            return result;
        });

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

    /// <summary>The provider is synchronous: what comes back is complete.</summary>
    private static T Result<T>(Task<T> work) => work.GetAwaiter().GetResult();

    private static Task<T> Completed<T>(Func<T> work)
    {
        try
        {
            return Task.FromResult(work());
        }
        catch (OperationCanceledException e)
        {
            return Task.FromCanceled<T>(e.CancellationToken);
        }
#pragma warning disable CA1031 // Not swallowed: a task carries it to whoever awaits.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Task.FromException<T>(e);
        }
    }
}
