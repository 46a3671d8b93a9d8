namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must do with the leases of pools.</summary>
public abstract class PoolLockContract : ClusterSuite
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_lease_is_taken_renewed_refused_to_others_and_given_back()
    {
        (await Server.Lock.AcquireAsync(Pool("workers"), "run-1", Minute, None)).ShouldBeNull();
        (await Server.Lock.AcquireAsync(Pool("workers"), "run-1", Minute, None)).ShouldBeNull();
        (await Server.Lock.AcquireAsync(Pool("workers"), "run-2", Minute, None)).ShouldBe("run-1");

        await Server.Lock.ReleaseAsync(Pool("workers"), "run-2", None);
        (await Server.Lock.AcquireAsync(Pool("workers"), "run-2", Minute, None)).ShouldBe("run-1");

        await Server.Lock.ReleaseAsync(Pool("workers"), "run-1", None);
        (await Server.Lock.AcquireAsync(Pool("workers"), "run-2", Minute, None)).ShouldBeNull();

        await Server.Lock.ReleaseAsync(Pool("workers"), "run-2", None);
    }

    [Fact]
    public async Task Pools_have_leases_of_their_own()
    {
        (await Server.Lock.AcquireAsync(Pool("workers"), "run-1", Minute, None)).ShouldBeNull();
        (await Server.Lock.AcquireAsync(Pool("databases"), "run-2", Minute, None)).ShouldBeNull();
        await Server.Lock.ReleaseAsync(Pool("nobody"), "run-1", None);

        await Server.Lock.ReleaseAsync(Pool("workers"), "run-1", None);
        await Server.Lock.ReleaseAsync(Pool("databases"), "run-2", None);
    }

    private string Pool(string name) => Server.PoolPrefix + name;
}
