using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>What <see cref="IReplicaStore"/> promises.</summary>
public abstract class ReplicaStoreContract
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    protected abstract IReplicaStore Store { get; }

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Those_count_who_were_heard_of_and_did_not_leave()
    {
        (await Store.LiveAsync("one", Runs.Noon, Silence, None)).ShouldBe(1);
        (await Store.LiveAsync("two", Runs.Noon.AddSeconds(10), Silence, None)).ShouldBe(2);
        (await Store.LiveAsync("two", Runs.Noon.AddSeconds(20), Silence, None)).ShouldBe(2);
        (await Store.LiveAsync("two", Runs.Noon.AddSeconds(31), Silence, None)).ShouldBe(1, "one was silent for longer than it may be");
        (await Store.LiveAsync("one", Runs.Noon.AddSeconds(32), Silence, None)).ShouldBe(2, "and is back");
        await Store.LeaveAsync("one", None);
        await Store.LeaveAsync("nobody", None);
        (await Store.LiveAsync("two", Runs.Noon.AddSeconds(33), Silence, None)).ShouldBe(1);
    }
}
