using System.Text.Json.Nodes;

namespace Fleet.Cli.Tests;

/// <summary>The demonstration as a user runs it: a sandbox in the process, a rotation over TCP, and the world's own figures.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task A_demonstration_exchanges_every_node_and_the_world_says_so()
    {
        using var shell = new Shell();

        var ran = await shell.RunAsync("fleet demo --nodes 6 --speed 200 -o json");

        ran.ExitCode.ShouldBe(0, ran.Error);
        var report = JsonNode.Parse(ran.Output)!.AsObject();
        ((int)report["nodes"]!["total"]!).ShouldBe(6);
        ((int)report["nodes"]!["replaced"]!).ShouldBe(6);
        ((int)report["nodes"]!["outdated"]!).ShouldBe(0);
        ((int)report["nodes"]!["minReadySchedulable"]!).ShouldBeGreaterThanOrEqualTo(6);
        ((int)report["budgets"]!["broken"]!).ShouldBe(0);
        ((int)report["ownersBelowImplicitBudget"]!).ShouldBe(0);
        ((int)report["undrainedTerminations"]!).ShouldBe(0);
        ((int)report["undo"]!["open"]!).ShouldBe(0);
        ((int)report["group"]!["desiredAfter"]!).ShouldBe((int)report["group"]!["desiredBefore"]!);
        ((int)report["group"]!["maxAfter"]!).ShouldBe((int)report["group"]!["maxBefore"]!);
        ((int)report["group"]!["protectedAfter"]!).ShouldBe(0);
    }
}
