using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class BudgetMathTests
{
    [Theory]
    [InlineData(3, 2, 1)]
    [InlineData(3, 3, 0)]
    [InlineData(0, 2, 0)]
    public void The_most_it_can_ever_allow_is_what_is_expected_less_what_must_be_healthy(int expected, int desired, int most) =>
        BudgetMath.MaxEver(Budget("cart", expected, desired, 0)).ShouldBe(most);

    [Theory]
    [InlineData(PodPhase.Running, true, false, 3, 2, true)]
    [InlineData(PodPhase.Running, false, true, 1, 2, false)]
    [InlineData(PodPhase.Running, false, false, 2, 2, false)]
    [InlineData(PodPhase.Running, false, false, 1, 2, true)]
    [InlineData(PodPhase.Running, false, false, 0, 0, true)]
    [InlineData(PodPhase.Pending, false, false, 0, 2, false)]
    [InlineData(PodPhase.Succeeded, false, false, 0, 2, false)]
    [InlineData(PodPhase.Failed, false, false, 0, 2, false)]
    [InlineData(PodPhase.Unknown, false, false, 1, 2, true)]
    public void An_eviction_needs_the_budget_as_the_server_reckons(PodPhase phase, bool ready, bool alwaysAllow, int healthy, int desired, bool needs) =>
        BudgetMath.Needs(Pod("a") with { Phase = phase, Ready = ready }, Budget("cart", 3, desired, healthy) with { AlwaysAllowUnhealthy = alwaysAllow }).ShouldBe(needs);

    [Fact]
    public void A_terminating_pod_passes() => BudgetMath.Needs(Pod("a") with { DeletionDue = Now }, Budget("cart", 3, 3, 3)).ShouldBeFalse();

    [Fact]
    public void A_budget_over_all_pods_never_allows_and_says_so()
    {
        var reason = BudgetMath.NeverAllows(Budget("cart", 3, 3, 3))!;
        reason.Code.ShouldBe(DisruptionCodes.BudgetNever);
        reason.Object.ShouldBe("poddisruptionbudget shop/cart");
        reason.Limit.ShouldBe("minAvailable 3");
        reason.Value.ShouldBe("3 of 3");
    }

    [Fact]
    public void A_budget_that_cannot_be_reckoned_never_allows() =>
        BudgetMath.NeverAllows(Budget("cart", 3, 2, 3) with { ConditionReason = "SyncFailed" })!.Value.ShouldBe("SyncFailed");

    [Fact]
    public void A_stale_status_proves_nothing()
    {
        var budget = Budget("cart", 3, 3, 3) with { Generation = 2 };
        BudgetMath.Stale(budget).ShouldBeTrue();
        BudgetMath.NeverAllows(budget).ShouldBeNull();
    }

    [Fact]
    public void Two_budgets_on_a_pod_are_permanent_unless_it_passes_anyway()
    {
        Budget[] two = [Budget("cart", 3, 2, 3, "one"), Budget("cart", 3, 2, 3, "two")];
        BudgetMath.TwoBudgets(Pod("a"), two)!.Sentence.ShouldContain("one, two");
        BudgetMath.TwoBudgets(Pod("a") with { Phase = PodPhase.Pending }, two).ShouldBeNull();
        BudgetMath.TwoBudgets(Pod("a"), two[..1]).ShouldBeNull();
    }
}
