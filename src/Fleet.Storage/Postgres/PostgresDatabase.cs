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

    public PostgresDatabase(DatabaseUrl url, TimeProvider wall)
    {
        ArgumentNullException.ThrowIfNull(url);
        PostgresSchema.Prepare(url);
        (_url, _wall) = (url, wall);
        _source = NpgsqlDataSource.Create(url.ConnectionString(Statement, pooled: true));
    }

    public Task<T> ReadAsync<T>(Func<SqlSession, Task<T>> read, CancellationToken cancellationToken) =>
        RepeatAsync(
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
        RepeatAsync(() => PostgresTransaction.RunAsync(_source, scope, write, cancellationToken), cancellationToken);

    public void Dispose() => _source.Dispose();

    private async Task<T> RepeatAsync<T>(Func<Task<T>> attempt, CancellationToken cancellationToken)
    {
        var began = _wall.GetTimestamp();
        for (var pause = TimeSpan.FromMilliseconds(20); ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await attempt().ConfigureAwait(false);
            }
            catch (NpgsqlException error) when (PostgresErrors.IsWorthAnother(error) && _wall.GetElapsedTime(began) + pause < Limit)
            {
                if (PostgresErrors.IsOfServer(error))
                {
                    _source.Clear();
                }
            }
            catch (NpgsqlException error)
            {
                throw new DatabaseUnavailableException(_url, PostgresErrors.Sentence(error), error);
            }
            catch (CommitInDoubtException doubt)
            {
                throw new DatabaseUnavailableException(_url, $"{doubt.Message}; whether the last write was recorded is seen when it answers again", doubt.InnerException);
            }

            await Task.Delay(pause, _wall, cancellationToken).ConfigureAwait(false);
        }
    }
}
