using System.Data.Common;
using Dapper;

namespace Fleet.Storage;

/// <summary>One look at a database or one transaction on it: runs statements on it.</summary>
/// <param name="connection">The open connection.</param>
/// <param name="transaction">The transaction; null for a look.</param>
/// <param name="clock">The expression of the database's own clock; null where the caller's clock is the one that all its users share.</param>
/// <param name="cancellationToken">Ends the statements.</param>
internal sealed class SqlSession(DbConnection connection, DbTransaction? transaction, string? clock, CancellationToken cancellationToken)
{
    /// <summary>The clock that leases are reckoned with.</summary>
    /// <param name="callers">What the caller's clock shows; it counts where the database has no clock of its own.</param>
    public async Task<DateTimeOffset> LeaseNowAsync(DateTimeOffset callers) =>
        clock is null ? callers : new DateTimeOffset(await connection.ExecuteScalarAsync<DateTime>(Command($"SELECT {clock}", null)).ConfigureAwait(false));

    /// <summary>Runs a statement, or one per element of a list of arguments.</summary>
    /// <returns>How many rows it changed.</returns>
    public Task<int> ExecuteAsync(string sql, object arguments) => connection.ExecuteAsync(Command(sql, arguments));

    /// <summary>All rows.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? arguments = null) => [.. await connection.QueryAsync<T>(Command(sql, arguments)).ConfigureAwait(false)];

    /// <summary>The one row; the type's default where there is none.</summary>
    public Task<T?> SingleAsync<T>(string sql, object arguments) => connection.QuerySingleOrDefaultAsync<T>(Command(sql, arguments));

    /// <summary>The one value.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object arguments) => connection.ExecuteScalarAsync<T>(Command(sql, arguments));

    private CommandDefinition Command(string sql, object? arguments) => new(sql, arguments, transaction, cancellationToken: cancellationToken);
}
