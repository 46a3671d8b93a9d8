using Fleet.Core.Disruption;
using static Fleet.Core.Tests.Disruption.Sample;

namespace Fleet.Core.Tests.Disruption;

public sealed class BudgetIndexTests
{
    [Fact]
    public void It_finds_what_a_look_at_every_budget_finds() => Chance.ForAll(200, random =>
    {
        var budgets = Enumerable.Range(0, 12).Select(i => Budget("x", 3, 2, 3, $"b{i}") with
        {
            Namespace = random.Next(2) == 0 ? "shop" : "other",
            Selector = random.Next(8) == 0 ? null : new()
            {
                MatchLabels = Labels([.. Keys(random).Select(key => (key, Value(random)))]),
                Expressions = random.Next(3) == 0 ? [new("a", random.Next(2) == 0 ? "Exists" : "NotIn", ["v1"])] : [],
            },
        }).ToList();
        var view = View([.. budgets]);
        var pod = Pod("p") with { Labels = Labels([.. Keys(random).Select(key => (key, Value(random)))]) };
        new BudgetIndex(view.Budgets.Values).For(pod).Select(budget => budget.Name)
            .ShouldBe(view.BudgetsOf(pod).Select(budget => budget.Name).Order(StringComparer.Ordinal));
    });

    private static IEnumerable<string> Keys(Random random) => new[] { "a", "b", "c" }.Where(_ => random.Next(2) == 0);

    private static string Value(Random random) => $"v{random.Next(2)}";
}
