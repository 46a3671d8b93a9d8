using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cluster;

public abstract class PoolLockContract : ClusterSuite
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_lease_is_taken_renewed_refused_to_others_and_given_back()
    {
        (await Stage.Lock.AcquireAsync("workers", "run-1", Minute, None)).ShouldBeNull();
        (await Stage.Lock.AcquireAsync("workers", "run-1", Minute, None)).ShouldBeNull();
        (await Stage.Lock.AcquireAsync("workers", "run-2", Minute, None)).ShouldBe("run-1");

        await Stage.Lock.ReleaseAsync("workers", "run-2", None);
        (await Stage.Lock.AcquireAsync("workers", "run-2", Minute, None)).ShouldBe("run-1");

        await Stage.Lock.ReleaseAsync("workers", "run-1", None);
        (await Stage.Lock.AcquireAsync("workers", "run-2", Minute, None)).ShouldBeNull();
    }

    [Fact]
    public async Task Pools_have_leases_of_their_own()
    {
        (await Stage.Lock.AcquireAsync("workers", "run-1", Minute, None)).ShouldBeNull();
        (await Stage.Lock.AcquireAsync("databases", "run-2", Minute, None)).ShouldBeNull();
        await Stage.Lock.ReleaseAsync("nobody", "run-1", None);
    }

    [Fact]
    public async Task A_lease_whose_answer_was_lost_is_the_callers()
    {
        Stage.World.Faults.Next("create leases.coordination.k8s.io", WorldFaultKind.TimeoutAfterSuccess);
        try
        {
            await Stage.Lock.AcquireAsync("workers", "run-1", Minute, None);
        }
        catch (Core.Disruption.ClusterUnreachableException)
        {
            // Without a retry of its own an implementation tells it; the next try finds the lease its own.
        }

        (await Stage.Lock.AcquireAsync("workers", "run-1", Minute, None)).ShouldBeNull();
        (await Stage.Lock.AcquireAsync("workers", "run-2", Minute, None)).ShouldBe("run-1");
    }
}
