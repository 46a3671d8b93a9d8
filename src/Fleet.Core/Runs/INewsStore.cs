namespace Fleet.Core.Runs;

/// <summary>News of runs that are still to be told, and who has heard them. Each method is one transaction.</summary>
public interface INewsStore
{
    /// <summary>News that are still to be told, oldest first.</summary>
    Task<IReadOnlyList<RunNews>> NewsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Takes it upon the caller to tell somebody, for a while within which nobody else does.</summary>
    /// <param name="newsId">The news.</param>
    /// <param name="to">Whom.</param>
    /// <param name="hold">For how long; who has not come back by then may be dead, and it is tried again.</param>
    /// <param name="wallNow">The caller's clock.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>Which try this is, from 1; null where it is not due, somebody else is at it, or it is settled.</returns>
    Task<int?> ClaimAsync(string newsId, string to, TimeSpan hold, DateTimeOffset wallNow, CancellationToken cancellationToken);

    /// <summary>Says that a try has failed, and after which time the next is due.</summary>
    Task RetryAsync(string newsId, string to, TimeSpan after, DateTimeOffset wallNow, CancellationToken cancellationToken);

    /// <summary>Says that nobody needs to be told any more: it was told, or was given up.</summary>
    Task SettleAsync(string newsId, string to, CancellationToken cancellationToken);

    /// <summary>Forgets news that all of these have heard or need not hear.</summary>
    Task<bool> ForgetAsync(string newsId, IReadOnlyCollection<string> all, CancellationToken cancellationToken);
}
