using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class HeadroomTests
{
    private static readonly Owner Cart = Owner("cart", 4);

    [Fact]
    public void A_node_is_admitted_when_all_its_pods_go_within_what_is_allowed_now()
    {
        var view = View(Cart, Budget("cart", 4, 2, 4), Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3"));
        Check(view, "n1").Admitted.ShouldBeTrue();
    }

    [Fact]
    public void What_is_promised_to_nodes_that_drain_is_not_given_twice()
    {
        var view = View(Cart, Budget("cart", 4, 2, 4), Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3"));
        var verdict = Check(view, "n2", Admitted("n1"));
        var reason = verdict.Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe(DisruptionCodes.BudgetExhausted);
        reason.Node.ShouldBe("n2");
        reason.Sentence.ShouldContain("2 are promised");
        verdict.NeedsPerson.ShouldBeFalse();
    }

    [Fact]
    public void What_is_evicted_already_is_in_the_status_and_not_counted_again()
    {
        var budget = Budget("cart", 4, 2, 4);
        object[] objects = [Cart, Pod("a", "n1") with { DeletionDue = Now }, Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3")];
        Check(View([.. objects, budget with { DisruptionsAllowed = 2 }]), "n2", Admitted("n1")).Admitted.ShouldBeTrue();
        Check(View([.. objects, budget with { DisruptionsAllowed = 1 }]), "n2", Admitted("n1")).Admitted.ShouldBeFalse();
        Check(View([.. objects, budget with { DisruptionsAllowed = 1, DisruptedPods = ["b"] }]), "n2", Admitted("n1")).Admitted.ShouldBeTrue();
    }

    [Fact]
    public void A_node_with_more_pods_than_a_budget_can_ever_allow_holds_it_alone()
    {
        var view = View(Cart, Budget("cart", 4, 3, 4), Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3"));
        var verdict = Check(view, "n1");
        verdict.Admitted.ShouldBeTrue();
        verdict.HoldsAlone.ShouldBe(["shop/cart"]);
    }

    [Fact]
    public void A_node_that_must_hold_a_budget_alone_waits_for_the_others()
    {
        var view = View(Cart, Budget("cart", 4, 3, 4), Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3"));
        var verdict = Check(view, "n1", Admitted("n2"));
        verdict.Reasons.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.BudgetHeld);
        verdict.Reasons[0].Value!.ShouldContain("n2");
    }

    [Fact]
    public void Nobody_is_admitted_to_a_budget_that_is_held_until_the_holder_has_no_more_of_its_pods()
    {
        var budget = Budget("cart", 8, 6, 8);
        object[] rest = [Owner("cart", 8), Pod("c", "n2"), .. Enumerable.Range(0, 4).Select(i => Pod($"x{i}", "n3"))];
        var holding = View([.. rest, budget, Pod("a", "n1"), Pod("b", "n1") with { DeletionDue = Now }]);
        Check(holding, "n2", Admitted("n1", "shop/cart")).Reasons.ShouldHaveSingleItem().Cure.ShouldBe("wait until node n1 is drained");
        var done = View([.. rest, budget]);
        Check(done, "n2", Admitted("n1", "shop/cart")).Admitted.ShouldBeTrue();
    }

    [Fact]
    public void A_budget_that_allows_nothing_now_waits_even_for_a_node_that_would_go_in_turn()
    {
        var view = View(Cart, Budget("cart", 4, 3, 3), Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3") with { Ready = false });
        var reason = Check(view, "n1").Reasons.ShouldHaveSingleItem();
        reason.Code.ShouldBe(DisruptionCodes.BudgetExhausted);
        reason.Value.ShouldBe("3 healthy, 3 must be");
        reason.Cure.ShouldBe("wait until more of its 4 pods are ready");
    }

    [Fact]
    public void A_budget_that_can_never_allow_needs_a_person_unless_the_run_may_force()
    {
        var view = View(Cart, Budget("cart", 4, 4, 4), Pod("a", "n1"));
        Check(view, "n1").NeedsPerson.ShouldBeTrue();
        Check(view, "n1").Reasons.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.BudgetNever);
        var force = new Headroom(new(view, Policy with { OnDrainTimeout = DrainTimeoutAction.Force }), [], NoneInFlight);
        force.Check("n1").Admitted.ShouldBeTrue();
    }

    [Fact]
    public void Every_obstacle_is_named_at_once()
    {
        var view = View(Cart, Budget("cart", 4, 4, 4), Pod("a", "n1"), Pod("bare", "n1") with { Owner = null, Labels = Labels() }, Owner("web", 3), Pod("w", "n1", "web"), Budget("web", 3, 2, 3, "one"), Budget("web", 3, 2, 3, "two"));
        Check(view, "n1").Reasons.Select(reason => reason.Code).ShouldBe([DisruptionCodes.BarePod, DisruptionCodes.TwoBudgets, DisruptionCodes.BudgetNever], ignoreOrder: true);
    }

    [Fact]
    public void A_stale_budget_waits()
    {
        var view = View(Cart, Budget("cart", 4, 2, 4) with { Generation = 2 }, Pod("a", "n1"));
        Check(view, "n1").Reasons.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.BudgetStale);
    }

    [Theory]
    [InlineData(8, 0, true)]
    [InlineData(8, 1, false)]
    public void An_owner_without_budget_has_a_quarter_of_its_ready_pods_disrupted_at_most(int replicas, int inFlight, bool admitted)
    {
        // Two of them are on the node; those in flight were ready before.
        var pods = Enumerable.Range(0, replicas - inFlight).Select(i => Pod($"p{i}", i < 2 ? "n1" : "n9"));
        var view = View([Owner("cart", replicas), .. pods]);
        var verdict = new Headroom(new(view, Policy), [], new Dictionary<string, int> { ["uid-cart"] = inFlight }).Check("n1");
        verdict.Admitted.ShouldBe(admitted);
        verdict.HoldsAlone.ShouldBeEmpty();
    }

    [Fact]
    public void A_node_with_more_pods_of_an_owner_than_its_limit_holds_the_owner_alone()
    {
        var view = View(Cart, Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n2"), Pod("d", "n3"));
        Check(view, "n1").HoldsAlone.ShouldBe(["uid-cart"]);
        Check(view, "n1", Admitted("n2")).Reasons.ShouldHaveSingleItem().Code.ShouldBe(DisruptionCodes.OwnerLimit);
        Check(view, "n2", Admitted("n1", "uid-cart")).Reasons.ShouldHaveSingleItem().Object.ShouldBe("replicaset shop/cart");
    }

    [Theory]
    [InlineData("Job")]
    [InlineData("DaemonSet")]
    public void Jobs_and_daemons_have_no_such_limit(string kind)
    {
        var view = View(Owner("cart", 2, kind), Pod("a", "n1", kind: kind), Pod("b", "n2", kind: kind));
        Check(view, "n1", Admitted("n2")).Admitted.ShouldBeTrue();
    }

    [Fact]
    public void A_budget_takes_the_place_of_the_limit()
    {
        var view = View(Cart, Budget("cart", 4, 0, 4), Pod("a", "n1"), Pod("b", "n1"), Pod("c", "n1"), Pod("d", "n1"));
        Check(view, "n1").Admitted.ShouldBeTrue();
        Check(view, "n1").HoldsAlone.ShouldBeEmpty();
    }

    [Fact]
    public void An_admission_in_the_same_round_counts_for_the_next()
    {
        var round = new DrainRound(View(Cart, Budget("cart", 4, 3, 4), Pod("a", "n1"), Pod("b", "n2")), Policy);
        var headroom = new Headroom(round, [], NoneInFlight);
        headroom.Check("n2").Admitted.ShouldBeTrue();
        headroom.With(Admitted("n1")).Check("n2").Admitted.ShouldBeFalse();
    }

    private static AdmissionVerdict Check(ClusterView view, string node, params AdmittedNode[] admitted) => new Headroom(new(view, Policy), admitted, NoneInFlight).Check(node);
}
