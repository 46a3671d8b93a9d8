using Fleet.Core.Runs;

namespace Fleet.Simulation.Storage;

/// <content>Runs, their journal, ledger and leases.</content>
public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public Task<Run> CreateAsync(Run run, WhenUnderWay whenUnderWay, CancellationToken cancellationToken)
    {
        StoreRules.CheckNew(run);
        return Locked(
            () =>
            {
                var all = _runs.Values.Select(stored => stored.Run).ToList();
                if (run.Key is not null && StoreRules.Repeated(run, StoreRules.Under(all.Where(other => other.Key == run.Key), run.StartedBy)) is { } first)
                {
                    return first;
                }

                if (_runs.ContainsKey(run.Id))
                {
                    throw StoreRules.Exists(run.Id);
                }

                if (run.Pool is not null && _clusters.ContainsKey(run.Cluster) && !_pools.ContainsKey((run.Cluster, run.Pool)))
                {
                    throw new PoolUndeclaredException(run.Cluster, run.Pool);
                }

                var underWay = all.Where(other => run.Pool is not null && (other.Cluster, other.Pool) == (run.Cluster, run.Pool) && !other.Phase.IsFinal()).ToList();
                var placed = StoreRules.Placed(run, underWay, whenUnderWay);
                foreach (var other in underWay.Where(_ => whenUnderWay == WhenUnderWay.Supersede))
                {
                    _runs[other.Id].Run = other with { Request = RunRequest.Cancel };
                }

                _runs.Add(run.Id, new StoredRun(placed));
                return placed;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) =>
        Locked(() => _runs.GetValueOrDefault(runId)?.Run, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> ListAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Run>>(
            () =>
            [
                .. _runs.Values.Reverse().Select(stored => stored.Run)
                    .Where(run => (cluster is null || run.Cluster == cluster) && (pool is null || run.Pool == pool))
                    .Where(run => !unfinishedOnly || run.Phase is not (RunPhase.Succeeded or RunPhase.Failed or RunPhase.Cancelled)),
            ],
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Run>> PageAsync(RunFilter filter, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<Run>>(() => [.. _runs.Values.Reverse().Select(stored => stored.Run).Where(filter.Accepts).Take(limit)], cancellationToken);

    /// <inheritdoc/>
    public Task<Run> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        return Locked(
            () =>
            {
                var wanted = commit.Run;
                var stored = Held(wanted.Id, commit.Fencing, wanted.Version);
                stored.Run = stored.Run with
                {
                    State = wanted.State,
                    Phase = wanted.Phase,
                    Reasons = wanted.Reasons,
                    Updated = wanted.Updated,
                    Version = wanted.Version + 1,
                    Request = stored.Run.Request == commit.HandledRequest ? RunRequest.None : stored.Run.Request,
                };
                stored.Add(commit.Journal);
                foreach (var entry in commit.Ledger)
                {
                    stored.Put(entry);
                }

                return stored.Run;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task AppendAsync(string runId, long fencing, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                Held(runId, fencing, null).Add(entries);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<JournalEntry>> JournalAsync(string runId, long after, int limit, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<JournalEntry>>(() => _runs.TryGetValue(runId, out var stored) ? stored.After(after, limit) : [], cancellationToken);

    /// <inheritdoc/>
    public Task<int> ForgetJournalsAsync(DateTimeOffset endedBefore, DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                var ended = _runs.Values.Where(stored => stored.Run.Phase.IsFinal() && stored.Run.Updated < endedBefore && stored.Journal.Exists(line => line.Kind != "retention")).Take(limit).ToList();
                ended.ForEach(stored => stored.Forget(now));
                return ended.Count;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string runId, CancellationToken cancellationToken) =>
        Locked<IReadOnlyList<LedgerEntry>>(() => _runs.TryGetValue(runId, out var stored) ? [.. stored.Ledger] : [], cancellationToken);

    /// <inheritdoc/>
    public Task RequestAsync(string runId, RunRequest request, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                var stored = Find(runId);
                stored.Run = stored.Run with { Request = request };
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<RunLease> AcquireLeaseAsync(string runId, string owner, TimeSpan duration, DateTimeOffset wallNow, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                var stored = Find(runId);
                if (stored.Lease is { } held && held.Owner != owner && held.Expires > wallNow)
                {
                    return held;
                }

                stored.Fencing += stored.Lease?.Owner == owner ? 0 : 1;
                stored.Lease = new RunLease(runId, owner, wallNow + duration, stored.Fencing);
                return stored.Lease;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseLeaseAsync(string runId, string owner, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                if (_runs.TryGetValue(runId, out var stored) && stored.Lease?.Owner == owner)
                {
                    stored.Lease = null;
                }

                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<RunLease?> LeaseAsync(string runId, CancellationToken cancellationToken) =>
        Locked(() => _runs.GetValueOrDefault(runId)?.Lease, cancellationToken);

    private StoredRun Find(string runId) => _runs.TryGetValue(runId, out var stored) ? stored : throw StoreRules.Unknown(runId);

    private StoredRun Held(string runId, long fencing, long? version)
    {
        var stored = _runs.GetValueOrDefault(runId);
        return stored?.Lease is not null && stored.Fencing == fencing && (version is null || stored.Run.Version == version)
            ? stored
            : throw StoreRules.Lost(runId, stored is null ? null : (stored.Run.Version, stored.Fencing, stored.Lease?.Owner), fencing, version);
    }
}
