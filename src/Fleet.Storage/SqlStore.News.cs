using System.Text.Json;
using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <content>News of runs: an outbox that is written with the round that they tell of.</content>
public abstract partial class SqlStore
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<RunNews>> NewsAsync(int limit, CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<RunNews>>(
            async session => [.. (await session.QueryAsync<string>("SELECT body FROM news ORDER BY at, id LIMIT @limit", new { limit }).ConfigureAwait(false)).Select(body => JsonSerializer.Deserialize<RunNews>(body)!)],
            cancellationToken);

    /// <inheritdoc/>
    public Task<int?> ClaimAsync(string newsId, string to, TimeSpan hold, DateTimeOffset wallNow, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.News,
            async session =>
            {
                var now = await session.LeaseNowAsync(wallNow).ConfigureAwait(false);
                var values = new { newsId, to, now = Columns.Instant(now), until = Columns.Instant(now + hold) };
                await session.ExecuteAsync(
                    "INSERT INTO deliveries (news_id, recipient, tries, due, settled) SELECT id, @to, 0, @now, 0 FROM news WHERE id = @newsId ON CONFLICT (news_id, recipient) DO NOTHING", values).ConfigureAwait(false);

                // While it is held the next try is due when the hold ends.
                return await session.SingleAsync<int?>(
                    "UPDATE deliveries SET tries = tries + 1, due = @until WHERE news_id = @newsId AND recipient = @to AND settled = 0 AND due <= @now RETURNING tries", values).ConfigureAwait(false);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task RetryAsync(string newsId, string to, TimeSpan after, DateTimeOffset wallNow, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.News,
            async session => await session.ExecuteAsync(
                "UPDATE deliveries SET due = @due WHERE news_id = @newsId AND recipient = @to AND settled = 0",
                new { newsId, to, due = Columns.Instant(await session.LeaseNowAsync(wallNow).ConfigureAwait(false) + after) }).ConfigureAwait(false),
            cancellationToken);

    /// <inheritdoc/>
    public Task SettleAsync(string newsId, string to, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.News,
            session => session.ExecuteAsync("UPDATE deliveries SET settled = 1 WHERE news_id = @newsId AND recipient = @to", new { newsId, to }),
            cancellationToken);

    /// <inheritdoc/>
    public Task<bool> ForgetAsync(string newsId, IReadOnlyCollection<string> all, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            WriteScope.News,
            async session =>
            {
                var heard = (await session.QueryAsync<string>("SELECT recipient FROM deliveries WHERE news_id = @newsId AND settled = 1", new { newsId }).ConfigureAwait(false)).ToHashSet();
                if (!all.All(heard.Contains))
                {
                    return false;
                }

                await session.ExecuteAsync("DELETE FROM deliveries WHERE news_id = @newsId", new { newsId }).ConfigureAwait(false);
                return await session.ExecuteAsync("DELETE FROM news WHERE id = @newsId", new { newsId }).ConfigureAwait(false) == 1;
            },
            cancellationToken);

    private static Task<int> AddAsync(SqlSession session, RunNews? news) =>
        news is null
            ? Task.FromResult(0)
            : session.ExecuteAsync("INSERT INTO news (id, at, body) VALUES (@Id, @at, @body)", new { news.Id, at = Columns.Instant(news.At), body = Columns.Text(JsonSerializer.Serialize(news)) });
}
