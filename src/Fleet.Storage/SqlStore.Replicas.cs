namespace Fleet.Storage;

/// <content>The replicas that share the store.</content>
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<int> LiveAsync(string replica, DateTimeOffset now, TimeSpan silence, CancellationToken cancellationToken) => _database.WriteAsync(
        WriteScope.Replicas,
        async session =>
        {
            await session.ExecuteAsync("INSERT INTO replicas (name, seen) VALUES (@replica, @now) ON CONFLICT (name) DO UPDATE SET seen = excluded.seen", new { replica, now = Columns.Instant(now) }).ConfigureAwait(false);
            await session.ExecuteAsync("DELETE FROM replicas WHERE seen < @since", new { since = Columns.Instant(now - silence) }).ConfigureAwait(false);
            return (int)await session.ScalarAsync<long>("SELECT COUNT(*) FROM replicas", new { }).ConfigureAwait(false);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task LeaveAsync(string replica, CancellationToken cancellationToken) =>
        _database.WriteAsync(WriteScope.Replicas, session => session.ExecuteAsync("DELETE FROM replicas WHERE name = @replica", new { replica }), cancellationToken);
}
