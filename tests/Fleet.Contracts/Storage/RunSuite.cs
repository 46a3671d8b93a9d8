using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>A store of runs, and the clock that its leases are reckoned with.</summary>
public abstract class RunSuite
{
    protected abstract IRunStore Store { get; }

    protected static CancellationToken None => CancellationToken.None;

    /// <summary>Sets the store's own clock; nothing to do where the caller's clock is the one that counts.</summary>
    protected virtual void TimeIs(DateTimeOffset now)
    {
        // Most stores have no clock of their own.
    }

    protected Task<RunLease> AcquireAsync(string runId, string owner, DateTimeOffset now)
    {
        TimeIs(now);
        return Store.AcquireLeaseAsync(runId, owner, Runs.LeaseTime, now, None);
    }
}
