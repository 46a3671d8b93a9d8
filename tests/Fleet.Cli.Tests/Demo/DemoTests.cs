using System.Text.Json.Nodes;
using Fleet.Cli.Demo;
using Fleet.Simulation.Records;

namespace Fleet.Cli.Tests.Demo;

/// <summary>The demonstration as a user runs it: a sandbox in the process, a rotation over TCP, and the world's own figures.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task A_demonstration_exchanges_every_node_and_the_world_says_so()
    {
        using var shell = new Shell();

        var ran = await shell.RunAsync("fleet demo --speed 200 -o json");

        ran.ExitCode.ShouldBe(0, ran.Error);
        var report = JsonNode.Parse(ran.Output)!.AsObject();
        ((int)report["nodes"]!["total"]!).ShouldBe(12);
        ((int)report["nodes"]!["replaced"]!).ShouldBe(12);
        ((int)report["nodes"]!["outdated"]!).ShouldBe(0);
        ((int)report["nodes"]!["minReadySchedulable"]!).ShouldBeGreaterThanOrEqualTo(12);
        ((int)report["budgets"]!["broken"]!).ShouldBe(0);
        ((int)report["ownersBelowImplicitBudget"]!).ShouldBe(0);
        ((int)report["undrainedTerminations"]!).ShouldBe(0);
        ((int)report["undo"]!["open"]!).ShouldBe(0);
        ((int)report["group"]!["desiredAfter"]!).ShouldBe((int)report["group"]!["desiredBefore"]!);
        ((int)report["group"]!["maxAfter"]!).ShouldBe((int)report["group"]!["maxBefore"]!);
        ((int)report["group"]!["protectedAfter"]!).ShouldBe(0);
        ((int)report["budgets"]!["total"]!).ShouldBe(4);
        ((double)report["makespan"]!["seconds"]!).ShouldBeGreaterThan((double)report["makespan"]!["lowerBoundSeconds"]!);

        var waits = report["waits"]!.AsArray().Where(wait => (double)wait!["seconds"]! > 0).Select(wait => (string)wait!["object"]!).ToList();
        waits.Count.ShouldBeGreaterThanOrEqualTo(2, ran.Output);
        waits.ShouldAllBe(name => name.StartsWith("poddisruptionbudget ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_says_in_words_which_budget_made_Fleet_wait_and_how_long()
    {
        var figures = new RotationFigures
        {
            Nodes = new(12, 12, 0, 12),
            Pods = new(42, 44, 2),
            Budgets = new(4, 0),
            OwnersBelowImplicitBudget = 0,
            UndrainedTerminations = 0,
            Group = new() { DesiredBefore = 12, DesiredAfter = 12, MaxBefore = 12, MaxAfter = 12, SuspendedBefore = [], SuspendedAfter = [], ProtectedAfter = 0, PinnedVersion = "2" },
            Waits = [new WaitFigure("poddisruptionbudget data/postgres", 95.4, 0), new WaitFigure("poddisruptionbudget shop/web", 20, 3)],
            Makespan = new(2000, 1200, "slots"),
            Calls = new(100, 300),
        };
        var output = new StringWriter();

        new DemoReport(figures, Open: 0).WriteTo(output);

        output.ToString().ShouldContain("waits      95 s for budget data/postgres");
        output.ToString().ShouldContain("           20 s for budget shop/web, 3 evictions refused");
    }
}
