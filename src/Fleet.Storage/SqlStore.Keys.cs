using Fleet.Core.Access;

namespace Fleet.Storage;

/// <content>API keys.</content>
public abstract partial class SqlStore
{
    private const string KeyColumns = "id AS Id, name AS Name, person AS Person, hash AS Hash, grants AS Grants, created AS Created, expires AS Expires, revoked AS Revoked";

    /// <inheritdoc/>
    public Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _database.WriteAsync(
            WriteScope.Keys,
            async session => await session.ExecuteAsync(
                "INSERT INTO api_keys (id, name, person, hash, grants, created, expires, revoked) VALUES (@Id, @Name, @Person, @Hash, @Grants, @Created, @Expires, @Revoked) ON CONFLICT (id) DO NOTHING",
                ApiKeyRow.Of(key)).ConfigureAwait(false) == 1
                ? true
                : throw new InvalidOperationException($"there is a key {key.Id} already"),
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) =>
        _database.ReadAsync(async session => (await session.SingleAsync<ApiKeyRow>($"SELECT {KeyColumns} FROM api_keys WHERE id = @id", new { id }).ConfigureAwait(false))?.ToKey(), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken) =>
        _database.ReadAsync<IReadOnlyList<ApiKey>>(
            async session => [.. (await session.QueryAsync<ApiKeyRow>($"SELECT {KeyColumns} FROM api_keys ORDER BY created, id").ConfigureAwait(false)).Select(row => row.ToKey())], cancellationToken);

    /// <inheritdoc/>
    public Task<ApiKey?> AssignAsync(string id, string person, CancellationToken cancellationToken) => _database.WriteAsync(
        WriteScope.Keys,
        async session =>
        {
            await session.ExecuteAsync("UPDATE api_keys SET person = @person WHERE id = @id AND person IS NULL", new { id, person }).ConfigureAwait(false);
            var key = (await session.SingleAsync<ApiKeyRow>($"SELECT {KeyColumns} FROM api_keys WHERE id = @id", new { id }).ConfigureAwait(false))?.ToKey();
            if (key?.Person == person)
            {
                // A caller by key is named 'key NAME (ID)', whatever the name is; a token's name begins with its issuer. Also where it was assigned before: a request that was on its way then may have begun a run after.
                await session.ExecuteAsync("UPDATE runs SET person = @person WHERE person IS NULL AND started_by LIKE @caller", new { person, caller = $"key % ({id})" }).ConfigureAwait(false);
            }

            return key;
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken) => _database.WriteAsync(
        WriteScope.Keys,
        async session => await session.ExecuteAsync("UPDATE api_keys SET revoked = COALESCE(revoked, @at) WHERE id = @id", new { id, at = Columns.Instant(at) }).ConfigureAwait(false) == 1,
        cancellationToken);
}
