namespace Fleet.Core.Access;

/// <summary>The API keys.</summary>
public interface IKeyStore
{
    /// <summary>Stores a new key.</summary>
    /// <exception cref="InvalidOperationException">There is one of its id.</exception>
    Task AddAsync(ApiKey key, CancellationToken cancellationToken);

    /// <summary>The key of an id; null where there is none.</summary>
    Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>All keys, the oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> KeysAsync(CancellationToken cancellationToken);

    /// <summary>Says whose key it is, of one of which nobody knew; the runs that it started are that person's, too. Whose a key is never changes.</summary>
    /// <returns>The key as it stands then, whoever's it is; null where there is none of that id.</returns>
    Task<ApiKey?> AssignAsync(string id, string person, CancellationToken cancellationToken);

    /// <summary>Takes a key back. One that was taken back before keeps its time.</summary>
    /// <returns>False where there is none of that id.</returns>
    Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken);
}
