using Fleet.Core.Runs;
using Fleet.Simulation.Storage;

namespace Fleet.Storage.Tests;

public sealed class MemoryCloneTests
{
    [Fact]
    public async Task A_clone_holds_what_was_stored_and_goes_its_own_way()
    {
        var store = new MemoryStore();
        var run = new Run { Id = "r-1", Kind = "rotation", Cluster = "prod", Spec = "{}", State = "{}", Created = default, Updated = default };
        await store.CreateAsync(run, CancellationToken.None);
        var lease = await store.AcquireLeaseAsync("r-1", "me", TimeSpan.FromSeconds(15), default, CancellationToken.None);
        var commit = new RunCommit
        {
            Run = run,
            Fencing = lease.Fencing,
            Journal = [new JournalEntry(default, "a", "b", "c")],
            Ledger = [new LedgerEntry { Kind = "cordon", Subject = "n-1", At = default }],
        };
        await store.CommitAsync(commit, CancellationToken.None);

        var clone = store.Clone();
        await store.CommitAsync(commit with { Run = run with { Version = 1, State = "later" }, Ledger = [commit.Ledger[0] with { Status = LedgerStatus.Done }] }, CancellationToken.None);

        (await clone.GetAsync("r-1", CancellationToken.None))!.State.ShouldBe("{}");
        (await clone.JournalAsync("r-1", 0, CancellationToken.None)).Count.ShouldBe(1);
        (await clone.LedgerAsync("r-1", CancellationToken.None)).ShouldHaveSingleItem().Status.ShouldBe(LedgerStatus.Open);
        (await clone.LeaseAsync("r-1", CancellationToken.None)).ShouldBe(lease);
    }
}
