using Fleet.Core.Disruption;
using Fleet.Core.Inventory;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class DrainPreviewTests
{
    [Fact]
    public void Whatever_would_block_is_named_before_the_run()
    {
        var preview = Of(
            Owner("cart", 3), Pod("a", "n1"), Budget("cart", 3, 3, 3),
            Owner("web", 3), Pod("w", "n2", "web"), Budget("web", 3, 2, 3, "one"), Budget("web", 3, 2, 3, "two"),
            Pod("bare", "n2") with { Owner = null, Labels = Labels() });
        preview.Blockers.Select(reason => reason.Code).ShouldBe([DisruptionCodes.BarePod, DisruptionCodes.TwoBudgets, DisruptionCodes.BudgetNever]);
    }

    [Fact]
    public void Budgets_are_listed_the_tightest_first()
    {
        var preview = Of(
            Owner("cart", 8), Budget("cart", 8, 4, 8), Pod("a", "n1"), Pod("b", "n2"),
            Owner("db", 3), Budget("db", 3, 2, 3), Pod("d", "n1", "db"), Pod("e", "n1", "db"));
        preview.Budgets.Select(load => (load.Budget.Name, load.Pods, load.Nodes, load.MostOnOneNode, load.MaxEver, load.Binds, load.InTurn, load.LeastRounds))
            .ShouldBe([("db", 2, 1, 2, 1, true, true, 2), ("cart", 2, 2, 1, 4, false, false, 1)]);
    }

    [Fact]
    public void Single_replicas_are_downtime_unless_a_budget_forbids_it()
    {
        Of(Owner("cart", 1), Pod("a", "n1")).Downtime.ShouldBe([new("replicaset shop/cart", "shop/a", "n1", "one replica and no budget")]);
        Of(Owner("cart", 1), Pod("a", "n1"), Budget("cart", 1, 0, 1)).Downtime.ShouldHaveSingleItem().Why.ShouldContain("permits");
        Of(Owner("cart", 1), Pod("a", "n1"), Budget("cart", 1, 1, 1)).Downtime.ShouldBeEmpty();
        Of(Owner("cart", 2), Pod("a", "n1")).Downtime.ShouldBeEmpty();
        Of(Owner("cart", 1, "Job"), Pod("a", "n1", kind: "Job")).Downtime.ShouldBeEmpty();
    }

    [Fact]
    public void Lost_data_and_pods_to_be_waited_for_are_listed()
    {
        var policy = Policy with { DrainRules = [new() { Class = DrainClass.WaitForCompletion, MatchLabels = Labels(("app", "spark")) }] };
        var view = View(Owner("cart", 3), Pod("a", "n1") with { EmptyDir = true }, Pod("driver", "n2", "spark") with { Owner = null });
        var preview = DrainPreview.Of(new(view, policy), ["n1", "n2"]);
        preview.LosesLocalData.ShouldBe(["shop/a"]);
        preview.Completions.ShouldHaveSingleItem().Object.ShouldBe("pod shop/driver");
    }

    private static DrainPreview Of(params object[] objects) => DrainPreview.Of(Round(objects), ["n1", "n2"]);
}
