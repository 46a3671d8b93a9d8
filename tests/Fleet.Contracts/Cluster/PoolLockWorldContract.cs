using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of leases: an answer that is lost.</summary>
public abstract class PoolLockWorldContract : PoolLockContract
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private IClusterStage Stage => (IClusterStage)Server;

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
