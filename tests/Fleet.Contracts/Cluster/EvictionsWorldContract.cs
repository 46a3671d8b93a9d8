using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;

namespace Fleet.Contracts.Cluster;

/// <summary>What only a world can show of evictions: time that stands, and faults.</summary>
public abstract class EvictionsWorldContract : EvictionsContract
{
    private const string Verb = "create pods/eviction";

    private IClusterStage Stage => (IClusterStage)Server;

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
