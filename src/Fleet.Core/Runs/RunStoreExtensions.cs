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

    /// <summary>All journal lines after a sequence number, oldest first.</summary>
    public static Task<IReadOnlyList<JournalEntry>> JournalAsync(this IRunStore store, string runId, long after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return store.JournalAsync(runId, after, int.MaxValue, cancellationToken);
    }

    /// <summary>The run that a caller ordered under a key; null for none.</summary>
    public static async Task<Run?> FindByKeyAsync(this IRunStore store, string key, string? caller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        return StoreRules.Under(await store.PageAsync(new RunFilter { Key = key }, int.MaxValue, cancellationToken).ConfigureAwait(false), caller);
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
