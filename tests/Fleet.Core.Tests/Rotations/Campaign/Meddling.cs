using Fleet.Core.Runs;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Others that change a group between the instant in which Fleet has written down what it will do there and the call: no look of Fleet's can be fresher than its last.</summary>
internal sealed class Meddling(RandomWorld drawn)
{
    private Stage? _stage;
    private int _desired = drawn.MeddledDesired;
    private bool _max = drawn.MeddledMax;

    public IRunStore Of(IRunStore store) => new Store(store, this);

    /// <summary>Before the stage stands there is nothing to meddle with.</summary>
    public void Begin(Stage stage) => _stage = stage;

    private void After(RunCommit commit)
    {
        foreach (var entry in commit.Ledger.Where(entry => entry.Status == LedgerStatus.Open && _stage is not null))
        {
            if (_desired > 0 && entry.Kind == Core.Rotations.LedgerKinds.Desired)
            {
                Others.ScaleOut(_stage!, entry.Subject, _desired);
                _desired = 0;
            }
            else if (_max && entry.Kind == Core.Rotations.LedgerKinds.Max)
            {
                _max = false;
                _stage!.Account.UpdateAutoScalingGroup(new() { Name = entry.Subject, Max = int.Parse(entry.Mine!) + 1 });
            }
        }
    }

    private sealed class Store(IRunStore inner, Meddling meddling) : IRunStore
    {
        public Task<Run> CreateAsync(Run run, WhenUnderWay whenUnderWay, CancellationToken cancellationToken) => inner.CreateAsync(run, whenUnderWay, cancellationToken);

        public Task<Run?> GetAsync(string runId, CancellationToken cancellationToken) => inner.GetAsync(runId, cancellationToken);

        public Task<IReadOnlyList<Run>> ListAsync(string? cluster, string? pool, bool unfinishedOnly, CancellationToken cancellationToken) =>
            inner.ListAsync(cluster, pool, unfinishedOnly, cancellationToken);

        public Task<IReadOnlyList<Run>> PageAsync(RunFilter filter, int limit, CancellationToken cancellationToken) => inner.PageAsync(filter, limit, cancellationToken);

        public async Task<Run> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        {
            var run = await inner.CommitAsync(commit, cancellationToken);
            meddling.After(commit);
            return run;
        }

        public Task AppendAsync(string runId, long fencing, IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) =>
            inner.AppendAsync(runId, fencing, entries, cancellationToken);

        public Task<IReadOnlyList<JournalEntry>> JournalAsync(string runId, long after, int limit, CancellationToken cancellationToken) => inner.JournalAsync(runId, after, limit, cancellationToken);

        public Task<int> ForgetJournalsAsync(DateTimeOffset endedBefore, DateTimeOffset now, int limit, CancellationToken cancellationToken) => inner.ForgetJournalsAsync(endedBefore, now, limit, cancellationToken);

        public Task<IReadOnlyList<LedgerEntry>> LedgerAsync(string runId, CancellationToken cancellationToken) => inner.LedgerAsync(runId, cancellationToken);

        public Task RequestAsync(string runId, RunRequest request, CancellationToken cancellationToken) => inner.RequestAsync(runId, request, cancellationToken);

        public Task<RunLease> AcquireLeaseAsync(string runId, string owner, TimeSpan duration, DateTimeOffset wallNow, CancellationToken cancellationToken) =>
            inner.AcquireLeaseAsync(runId, owner, duration, wallNow, cancellationToken);

        public Task ReleaseLeaseAsync(string runId, string owner, CancellationToken cancellationToken) => inner.ReleaseLeaseAsync(runId, owner, cancellationToken);

        public Task<RunLease?> LeaseAsync(string runId, CancellationToken cancellationToken) => inner.LeaseAsync(runId, cancellationToken);
    }
}
