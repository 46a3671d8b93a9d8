using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cluster;

public abstract class EvictionsContract : ClusterSuite
{
    private const string Verb = "create pods/eviction";
    private const string Other = "11111111-2222-4333-8444-555555555555";

    [Fact]
    public async Task An_eviction_within_the_budget_is_accepted_and_the_next_is_blocked_by_it()
    {
        var pods = await PodsAsync("web");

        (await Stage.Evictions.EvictAsync(pods[0], None)).Outcome.ShouldBe(EvictionOutcome.Accepted);
        var after = await ViewAsync();
        after.Pods.GetValueOrDefault(pods[0].Uid).ShouldNotBeNull().DeletionDue.ShouldNotBeNull();
        after.Budgets["default/web"].DisruptionsAllowed.ShouldBe(0);

        var blocked = await Stage.Evictions.EvictAsync(pods[1], None);
        blocked.Outcome.ShouldBe(EvictionOutcome.Blocked);
        blocked.Message.ShouldContain("web needs 2 healthy pods");
    }

    [Fact]
    public async Task A_pod_that_is_gone_or_another_of_its_name_is_told_as_gone()
    {
        var pod = (await PodsAsync("free"))[0];

        (await Stage.Evictions.EvictAsync(pod with { Name = "nobody" }, None)).Outcome.ShouldBe(EvictionOutcome.Gone);
        (await Stage.Evictions.EvictAsync(pod with { Uid = Other }, None)).Outcome.ShouldBe(EvictionOutcome.Gone);
        (await Stage.Evictions.DeleteAsync(pod with { Uid = Other }, None)).Outcome.ShouldBe(EvictionOutcome.Gone);
        (await ViewAsync()).Pods[pod.Uid].DeletionDue.ShouldBeNull();
    }

    [Fact]
    public async Task Two_budgets_on_a_pod_are_told_as_that()
    {
        var pod = (await PodsAsync("api"))[0];

        (await Stage.Evictions.EvictAsync(pod, None)).Outcome.ShouldBe(EvictionOutcome.TwoBudgets);
        (await Stage.Evictions.DeleteAsync(pod, None)).Outcome.ShouldBe(EvictionOutcome.Accepted);
        (await ViewAsync()).Pods.Values.ShouldAllBe(other => other.Uid != pod.Uid || other.DeletionDue != null);
    }

    [Fact]
    public async Task A_grace_is_the_pods_own()
    {
        var pod = (await PodsAsync("db"))[0];
        var now = Stage.World.Now;

        (await Stage.Evictions.EvictAsync(pod, None)).Outcome.ShouldBe(EvictionOutcome.Accepted);

        var due = (await ViewAsync()).Pods[pod.Uid].DeletionDue.ShouldNotBeNull();
        (due - now).ShouldBe(TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(15));
    }

    [Theory]
    [InlineData(WorldFaultKind.Throttled, EvictionOutcome.Throttled, false)]
    [InlineData(WorldFaultKind.ServerError, EvictionOutcome.Failed, false)]
    [InlineData(WorldFaultKind.Denied, EvictionOutcome.Refused, false)]
    [InlineData(WorldFaultKind.TimeoutBefore, EvictionOutcome.Failed, false)]
    [InlineData(WorldFaultKind.TimeoutAfterSuccess, EvictionOutcome.Failed, true)]
    public async Task A_fault_is_told_as_what_it_is_and_nothing_is_asked_twice(WorldFaultKind kind, EvictionOutcome outcome, bool applied)
    {
        var pod = (await PodsAsync("free"))[0];
        Stage.World.Faults.Next(Verb, kind);

        (await Stage.Evictions.EvictAsync(pod, None)).Outcome.ShouldBe(outcome);

        lock (Stage.World.Gate)
        {
            Stage.World.Log.Records.Where(call => call.Verb == Verb).ShouldHaveSingleItem().Applied.ShouldBe(applied);
        }
    }
}
