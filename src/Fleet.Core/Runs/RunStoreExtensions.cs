namespace Fleet.Core.Runs;

/// <summary>The usual ways to use a store of runs.</summary>
public static class RunStoreExtensions
{
    /// <summary>Stores a new run of a pool that has none.</summary>
    /// <exception cref="RunUnderWayException">Its pool has a run that has not ended.</exception>
    public static Task<Run> CreateAsync(this IRunStore store, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.CreateAsync(run, WhenUnderWay.Refuse, cancellationToken);
    }

    /// <summary>The run that was ordered under a caller's key; null for none.</summary>
    public static async Task<Run?> FindByKeyAsync(this IRunStore store, string key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var found = await store.PageAsync(new RunFilter { Key = key }, 1, cancellationToken).ConfigureAwait(false);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The run that a run waits for, the first in the queue of its pool; null when it may begin, or has begun.</summary>
    public static async Task<Run?> QueuedBehindAsync(this IRunStore store, Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(run);
        if (run.Turn == 0 || run.Phase != RunPhase.Pending || run.Version > 0)
        {
            return null;
        }

        return StoreRules.Ahead(run, await store.ListAsync(run.Cluster, run.Pool, unfinishedOnly: true, cancellationToken).ConfigureAwait(false));
    }
}
