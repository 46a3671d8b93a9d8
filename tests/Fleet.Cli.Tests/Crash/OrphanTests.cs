using System.Text.Json.Nodes;
using Fleet.Core.Runs;

namespace Fleet.Cli.Tests.Crash;

/// <summary>A run whose process has died is told to be one that nobody drives, with the cure.</summary>
public sealed class OrphanTests : IDisposable
{
    private static readonly Reason Settling = new() { Code = "settling", Sentence = "2 pods are not ready yet", Object = "deployment shop/web" };

    private readonly Shell _shell = new();

    public void Dispose() => _shell.Dispose();

    [Fact]
    public async Task Why_says_first_that_nobody_drives_the_run()
    {
        await _shell.StartRunAsync("r-1", RunPhase.Running, "workers", Settling);

        var ran = await _shell.RunAsync("fleet why r-1");
        var reasons = JsonNode.Parse((await _shell.RunAsync("fleet why r-1 -o json")).Output)!["reasons"]!.AsArray();

        ran.Output.ShouldContain("nobody drives the run");
        ran.Output.ShouldContain("object: run r-1");
        ran.Output.ShouldContain("value:  the lease of driver-1 ended at 2026-03-04T12:00:15Z");
        ran.Output.ShouldContain("cure:   'fleet rotate prod/workers' takes it up where it stands");
        reasons.Select(reason => (string)reason!["code"]!).ShouldBe(["not-driven", "settling"]);
    }

    [Theory]
    [InlineData(RunPhase.Paused)]
    [InlineData(RunPhase.Succeeded)]
    public async Task A_run_that_rests_or_has_ended_needs_no_driver(RunPhase phase)
    {
        await _shell.StartRunAsync("r-1", phase);

        (await _shell.RunAsync("fleet why r-1")).Output.ShouldNotContain("nobody drives");
    }
}
