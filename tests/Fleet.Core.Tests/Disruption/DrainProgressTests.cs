using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class DrainProgressTests
{
    private static readonly Owner Cart = Owner("cart", 3);

    [Fact]
    public void What_goes_with_the_node_does_not_hold_it()
    {
        var progress = Of(Owner("agent", 1, "DaemonSet"), Pod("d", owner: "agent", kind: "DaemonSet"), Pod("m") with { Mirror = true }, Pod("done") with { Phase = PodPhase.Failed });
        progress.Drained.ShouldBeTrue();
        progress.Waiting.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(-1, false)]
    public void Pods_inside_their_grace_stop_the_clock(int dueIn, bool onlyGrace)
    {
        var progress = Of(Cart, Pod("a") with { DeletionDue = Now.AddSeconds(dueIn) });
        progress.OnlyGrace.ShouldBe(onlyGrace);
        progress.Terminating.ShouldBe(1);
        progress.Drained.ShouldBeFalse();
        progress.Waiting.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.Terminating);
    }

    [Fact]
    public void A_pod_still_to_be_evicted_lets_it_run()
    {
        var progress = Of(Cart, Pod("a") with { DeletionDue = Now.AddSeconds(9) }, Pod("b"));
        progress.OnlyGrace.ShouldBeFalse();
        progress.Remaining.ShouldBe(1);
    }

    [Fact]
    public void Past_grace_and_a_minute_a_finalizer_is_what_blocks()
    {
        var pod = Pod("a") with { DeletionDue = Now.AddSeconds(-61), ContainersEnded = true, Finalizers = ["example.com/hold"] };
        var reason = Of(Cart, pod).Waiting.ShouldHaveSingleItem();
        reason.Code.ShouldBe(DisruptionCodes.Finalizer);
        reason.Value.ShouldBe("finalizers example.com/hold");
        Of(Cart, pod with { ContainersEnded = false }).Waiting.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.TerminationOverdue);
    }

    private static DrainProgress Of(params object[] objects) => DrainProgress.Of(Round(objects), "old-1", Now);
}
