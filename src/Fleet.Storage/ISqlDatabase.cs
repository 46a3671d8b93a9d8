using System.Data.Common;

namespace Fleet.Storage;

/// <summary>What differs between the databases: how a connection is opened, and how a transaction is kept from those beside it.</summary>
internal interface ISqlDatabase : IDisposable
{
    /// <summary>Connections for what processes coordinate beside Fleet's records; null where all of it happens in one.</summary>
    DbDataSource? Shared { get; }

    /// <summary>Reads without a transaction: each statement sees one committed state.</summary>
    Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellationToken);

    /// <summary>
    /// Writes in one transaction. From its start until its end nobody else writes in the same scope, so that what it reads cannot change before it writes.
    /// </summary>
    /// <param name="scope">What must stand still: see <see cref="WriteScope"/>.</param>
    /// <param name="write">The statements; run again from the start where the database asks for that, and therefore without effects of its own.</param>
    /// <param name="cancellationToken">Ends it before its commit; a commit that is on its way is waited for.</param>
    Task<T> WriteAsync<T>(string scope, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken);
}
