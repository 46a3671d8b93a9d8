using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class EvictionTurnTests
{
    private static readonly Owner Cart = Owner("cart", 8);

    [Fact]
    public void Under_a_budget_one_pod_goes_at_a_time()
    {
        var turn = Next(View(Cart, Budget("cart", 8, 4, 8), Pod("a"), Pod("b")));
        turn.Evict.Select(pod => pod.Name).ShouldBe(["a"]);
        turn.Waiting.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.BudgetInFlight);
    }

    [Fact]
    public void The_next_goes_when_the_view_shows_the_effect_of_the_last()
    {
        var budget = Budget("cart", 8, 4, 8);
        Next(View(Cart, budget, Pod("a"), Pod("b")), "uid-a").Evict.ShouldBeEmpty();
        Next(View(Cart, budget with { DisruptedPods = ["a"] }, Pod("a"), Pod("b")), "uid-a").Evict.ShouldHaveSingleItem().Name.ShouldBe("b");
        Next(View(Cart, budget, Pod("a") with { DeletionDue = Now }, Pod("b")), "uid-a").Evict.ShouldHaveSingleItem().Name.ShouldBe("b");
        Next(View(Cart, budget, Pod("b")), "uid-a").Evict.ShouldHaveSingleItem().Name.ShouldBe("b");
    }

    [Fact]
    public void Nothing_goes_past_what_is_allowed()
    {
        var turn = Next(View(Cart, Budget("cart", 8, 8, 8) with { ExpectedPods = 9 }, Pod("a")));
        turn.Evict.ShouldBeEmpty();
        var reason = turn.Waiting.ShouldHaveSingleItem();
        reason.Code.ShouldBe(DisruptionCodes.BudgetExhausted);
        reason.Node.ShouldBe("old-1");
    }

    [Fact]
    public void Pods_of_different_budgets_go_together_the_longest_grace_first()
    {
        var view = View(Cart, Owner("web", 8), Budget("cart", 8, 4, 8), Budget("web", 8, 4, 8), Pod("a"), Pod("w", owner: "web") with { GraceSeconds = 300 });
        Next(view).Evict.Select(pod => pod.Name).ShouldBe(["w", "a"]);
    }

    [Fact]
    public void After_a_refusal_the_budget_rests_until_its_time()
    {
        var view = View(Cart, Budget("cart", 8, 4, 8), Pod("a"));
        var blocked = new Dictionary<string, DateTimeOffset> { ["shop/cart"] = Now.AddSeconds(5) };
        var waits = EvictionTurn.Next(new(view, Policy), ["old-1"], new HashSet<string>(), blocked, NoneInFlight, Now);
        waits.Evict.ShouldBeEmpty();
        waits.LookAgain.ShouldBe(Now.AddSeconds(5));
        waits.Waiting.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.Backoff);
        EvictionTurn.Next(new(view, Policy), ["old-1"], new HashSet<string>(), blocked, NoneInFlight, Now.AddSeconds(5)).Evict.ShouldHaveSingleItem();
    }

    [Fact]
    public void After_a_failure_the_pod_rests_and_others_go()
    {
        var view = View(Cart, Owner("web", 8), Budget("cart", 8, 4, 8), Budget("web", 8, 4, 8), Pod("a"), Pod("w", owner: "web"));
        var turn = EvictionTurn.Next(new(view, Policy), ["old-1"], new HashSet<string>(), new Dictionary<string, DateTimeOffset> { ["uid-a"] = Now.AddSeconds(1) }, NoneInFlight, Now);
        turn.Evict.ShouldHaveSingleItem().Name.ShouldBe("w");
    }

    [Fact]
    public void A_pod_with_two_budgets_is_a_reason_and_not_an_eviction()
    {
        var turn = Next(View(Cart, Budget("cart", 8, 4, 8, "one"), Budget("cart", 8, 4, 8, "two"), Pod("a")));
        turn.Evict.ShouldBeEmpty();
        turn.Waiting.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.TwoBudgets);
    }

    [Fact]
    public void An_unready_pod_that_the_server_lets_pass_goes_beside_a_healthy_one()
    {
        var view = View(Cart, Budget("cart", 8, 6, 7), Pod("a"), Pod("b") with { Ready = false });
        Next(view).Evict.Select(pod => pod.Name).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void An_owner_without_budget_gives_a_quarter_of_its_pods()
    {
        var pods = Enumerable.Range(0, 8).Select(i => Pod($"p{i}", i < 4 ? "old-1" : "n9"));
        var view = View([Cart, .. pods]);
        Next(view).Evict.Length.ShouldBe(2);
        var later = EvictionTurn.Next(new(view, Policy), ["old-1"], new HashSet<string>(), new Dictionary<string, DateTimeOffset>(), new Dictionary<string, int> { ["uid-cart"] = 1 }, Now);
        later.Evict.Length.ShouldBe(1);
        later.Waiting.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.OwnerLimit);
    }

    [Fact]
    public void What_is_accepted_is_not_sent_again() => Next(View(Owner("work", 2, "Job"), Pod("a", owner: "work", kind: "Job")), "uid-a").Evict.ShouldBeEmpty();

    [Fact]
    public void Blocked_pods_and_pods_to_be_waited_for_are_named_and_stay()
    {
        var policy = Policy with { DrainRules = [new() { Class = DrainClass.WaitForCompletion, MatchLabels = Labels(("app", "spark")) }] };
        var view = View(Pod("bare") with { Owner = null }, Pod("driver", owner: "spark") with { Owner = null });
        var turn = EvictionTurn.Next(new(view, policy), ["old-1"], new HashSet<string>(), new Dictionary<string, DateTimeOffset>(), NoneInFlight, Now);
        turn.Evict.ShouldBeEmpty();
        turn.Waiting.Select(reason => reason.Code).ShouldBe([DisruptionCodes.BarePod, DisruptionCodes.WaitForCompletion]);
    }

    private static EvictionTurn Next(ClusterView view, params string[] evicted) =>
        EvictionTurn.Next(new(view, Policy), ["old-1"], evicted.ToHashSet(), new Dictionary<string, DateTimeOffset>(), NoneInFlight, Now);
}
