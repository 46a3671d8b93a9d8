using System.Data.Common;
using Npgsql;

namespace Fleet.Storage.Postgres;

/// <summary>Runs looks and transactions on a PostgreSQL database, and tries again what failed for a reason that passes.</summary>
internal sealed class PostgresDatabase : ISqlDatabase
{
    /// <summary>The clock that replicas share; not <c>now()</c>, which stands still during a transaction.</summary>
    public const string Clock = "clock_timestamp()";

    /// <summary>How long one call is tried in all: shorter than a lease of 15 s, so that who comes through still holds its run.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Statement = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly DatabaseUrl _url;
    private readonly TimeProvider _wall;
    private readonly NpgsqlDataSource _source;
    private readonly Lazy<NpgsqlDataSource> _shared;

    public PostgresDatabase(DatabaseUrl url, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(url);
        PostgresSchema.Prepare(url);
        (_url, _wall) = (url, wall);
        _source = NpgsqlDataSource.Create(url.ConnectionString(Statement, pooled: true));
        _shared = new(() => PostgresShared.Create(url.ConnectionString(Statement, pooled: true)));
    }

    public DbDataSource Shared => _shared.Value;

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellationToken) =>
        RepeatAsync(
            _wall.GetTimestamp(),
            async () =>
            {
                var connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    return await read(new SqlSession(connection, null, Clock, cancellationToken)).ConfigureAwait(false);
                }
            },
            cancellationToken);

    public Task<T> WriteAsync<T>(string scope, Func<SqlSession, Task<T>> write, CancellationToken cancellationToken) =>
        WriteAsync(_wall.GetTimestamp(), () => PostgresTransaction.RunAsync(_source, scope, write, cancellationToken), cancellationToken);

    public void Dispose()
    {
        _source.Dispose();
        if (_shared.IsValueCreated)
        {
            _shared.Value.Dispose();
        }
    }

    private async Task<T> WriteAsync<T>(long began, Func<Task<TransactionEnd<T>>> transaction, CancellationToken cancellationToken)
    {
        while (true)
        {
            var end = await RepeatAsync(began, transaction, cancellationToken).ConfigureAwait(false);
            if (end.Lost is null)
            {
                return end.Result;
            }

            switch (await RepeatAsync(began, () => end.Mark.IsCommittedAsync(_source, cancellationToken), cancellationToken).ConfigureAwait(false))
            {
                case true:
                    return end.Result;
                case false when _wall.GetElapsedTime(began) >= Limit:
                    throw new DatabaseUnavailableException(_url, PostgresErrors.Sentence(end.Lost), end.Lost);
                case null:
                    throw new DatabaseUnavailableException(_url, $"{PostgresErrors.Sentence(end.Lost)}; whether the last write was recorded is seen when it answers again", end.Lost);
            }
        }
    }

    private async Task<T> RepeatAsync<T>(long began, Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (NpgsqlException error) when (PostgresErrors.IsWorthAnother(error) && _wall.GetElapsedTime(began) + pause < Limit)
            {
                if (PostgresErrors.IsOfStandby(error))
                {
                    // The provider drops sessions that broke; these are well, and with the wrong server.
                    _source.Clear();
                }
            }
            catch (NpgsqlException error)
            {
                throw new DatabaseUnavailableException(_url, PostgresErrors.Sentence(error), error);
            }

            await Task.Delay(pause, _wall, cancellationToken).ConfigureAwait(false);
        }
    }
}
