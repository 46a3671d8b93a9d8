using Fleet.Core.Disruption;

namespace Fleet.Contracts.Cluster;

/// <summary>What every API server must answer to evictions.</summary>
public abstract class EvictionsContract : ClusterSuite
{
    private const string Other = "11111111-2222-4333-8444-555555555555";

    [Fact]
    public async Task An_eviction_within_the_budget_is_accepted()
    {
        var pod = (await PodsAsync("web"))[0];

        (await Server.Evictions.EvictAsync(pod, None)).Outcome.ShouldBe(EvictionOutcome.Accepted);

        Leaves(await ViewAsync(), pod);
    }

    [Fact]
    public async Task An_eviction_that_the_budget_does_not_permit_is_blocked_by_it()
    {
        var pod = (await PodsAsync("solid")).ShouldHaveSingleItem();

        var blocked = await Server.Evictions.EvictAsync(pod, None);
        blocked.Outcome.ShouldBe(EvictionOutcome.Blocked);
        blocked.Message.ShouldContain("solid needs 1 healthy pods");
        (await ViewAsync()).Pods[pod.Uid].DeletionDue.ShouldBeNull();
    }

    [Fact]
    public async Task A_pod_that_is_gone_or_another_of_its_name_is_told_as_gone()
    {
        var pod = (await PodsAsync("free"))[0];

        (await Server.Evictions.EvictAsync(pod with { Name = "nobody" }, None)).Outcome.ShouldBe(EvictionOutcome.Gone);
        (await Server.Evictions.EvictAsync(pod with { Uid = Other }, None)).Outcome.ShouldBe(EvictionOutcome.Gone);
        (await Server.Evictions.DeleteAsync(pod with { Uid = Other }, None)).Outcome.ShouldBe(EvictionOutcome.Gone);
        (await ViewAsync()).Pods[pod.Uid].DeletionDue.ShouldBeNull();
    }

    [Fact]
    public async Task Two_budgets_on_a_pod_are_told_as_that()
    {
        var pod = (await PodsAsync("api"))[0];

        (await Server.Evictions.EvictAsync(pod, None)).Outcome.ShouldBe(EvictionOutcome.TwoBudgets);
        (await Server.Evictions.DeleteAsync(pod, None)).Outcome.ShouldBe(EvictionOutcome.Accepted);
        Leaves(await ViewAsync(), pod);
    }

    private static void Leaves(ClusterView view, Pod pod) => view.Pods.Values.ShouldAllBe(other => other.Uid != pod.Uid || other.DeletionDue != null);
}
