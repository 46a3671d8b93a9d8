using Fleet.Core.Runs;

namespace Fleet.Storage.Tests;

/// <summary>A run under way, and a round of it.</summary>
internal static class TestRuns
{
    public const string Id = "r-1";

    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    /// <summary>Makes the run and takes its lease.</summary>
    /// <returns>A round with a journal line and a ledger entry, ready to be recorded.</returns>
    public static async Task<RunCommit> RoundAsync(SqlStore store)
    {
        var run = new Run { Id = Id, Kind = "rotation", Cluster = "prod", Pool = "workers", Spec = "{}", State = "{}", Created = default, Updated = default };
        await store.CreateAsync(run, CancellationToken.None);
        var lease = await store.AcquireLeaseAsync(Id, "driver-1", LeaseTime, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        return new RunCommit
        {
            Run = run with { State = "next", Phase = RunPhase.Running },
            Fencing = lease.Fencing,
            Journal = [new JournalEntry(default, "action", "i-1", "terminate", "a-1")],
            Ledger = [new LedgerEntry { Kind = "max-size", Subject = "workers-a", At = default }],
        };
    }
}
