namespace Fleet.Core.Runs;

/// <summary>Runs, their journal, undo ledger and leases. Each method is one transaction.</summary>
public interface IRunStore
{
    /// <summary>Stores a new run in phase pending at version 0, in its pool's queue. Where it has a key that another run of the same starter has, nothing is stored.</summary>
    /// <returns>The run as stored; that other run where there is one.</returns>
    /// <exception cref="RunUnderWayException">Its pool has a run that has not ended, and it may not wait; of two that are created at once, one gets this.</exception>
    /// <exception cref="PoolUndeclaredException">Its cluster is declared in the same store, and its pool is not; of a run's creation and its pool's deletion at once, one is refused.</exception>
    /// <exception cref="RunKeyReusedException">The other run of its key has another digest.</exception>
    Task<Run> CreateAsync(Run run, WhenUnderWay whenUnderWay, CancellationToken cancellationToken);

    /// <summary>A run; null when there is none of that id.</summary>
    Task<Run?> GetAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Runs, newest first; of one cluster and pool where given, and only those not in a final phase where asked.</summary>
    Task<IReadOnlyList<Run>> ListAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken);

    /// <summary>The newest runs that a filter accepts, newest first, at most so many.</summary>
    Task<IReadOnlyList<Run>> PageAsync(RunFilter filter, int limit, CancellationToken cancellationToken);

    /// <summary>Records a round. <see cref="Run.Request"/> is kept from the store, except the one that was handled.</summary>
    /// <returns>The run as stored, one version on.</returns>
    /// <exception cref="RunLostException">Version or fencing number is not the stored one.</exception>
    Task<Run> CommitAsync(RunCommit commit, CancellationToken cancellationToken);

    /// <summary>Adds journal lines (answers to actions) under a fencing number, without a new version.</summary>
    /// <exception cref="RunLostException">The fencing number is not the stored one.</exception>
    Task AppendAsync(string runId, long fencing, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken);

    /// <summary>Journal lines after a sequence number, oldest first, at most so many.</summary>
    Task<IReadOnlyList<JournalEntry>> JournalAsync(string runId, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the journals of runs that ended before a moment; in each, one line says so. The runs themselves stay.</summary>
    /// <param name="endedBefore">Policy time.</param>
    /// <param name="now">Policy time, for the line that says so.</param>
    /// <param name="limit">How many runs at most.</param>
    /// <param name="cancellationToken">Ends it between two runs.</param>
    /// <returns>How many journals were removed.</returns>
    Task<int> ForgetJournalsAsync(DateTimeOffset endedBefore, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>All ledger entries of a run, in order of their first writing.</summary>
    Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string runId, CancellationToken cancellationToken);

    /// <summary>Leaves a request for the run's driver.</summary>
    Task RequestAsync(string runId, RunRequest request, CancellationToken cancellationToken);

    /// <summary>Takes or renews the lease. A renewal by the same owner keeps the fencing number, a change of hands raises it.</summary>
    /// <returns>The lease as it stands now: the caller's own, or that of the one who holds it.</returns>
    Task<RunLease> AcquireLeaseAsync(string runId, string owner, TimeSpan duration, DateTimeOffset wallNow, CancellationToken cancellationToken);

    /// <summary>Gives the lease back; does nothing when it is somebody else's.</summary>
    Task ReleaseLeaseAsync(string runId, string owner, CancellationToken cancellationToken);

    /// <summary>The lease of a run; null when it was never taken or has been given back.</summary>
    Task<RunLease?> LeaseAsync(string runId, CancellationToken cancellationToken);
}
