using Fleet.Core.Rotations.Preflight;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Preflight;

/// <summary>Hooks are asked before a rotation is begun.</summary>
public class HookCheckTests
{
    [Fact]
    public async Task The_plan_says_what_each_writes()
    {
        var plan = (await CheckAsync(world =>
        {
            world.Hooks["spark-values"] = "";
            world.Hooks["dashboards"] = "ami-old";
        })).Plan.ShouldNotBeNull();

        plan.Changes.Where(change => change.StartsWith("hook", StringComparison.Ordinal)).ShouldBe(
            [
                "hook dashboards: writes ami-new (was ami-old); written back if the run ends before its canary has passed",
                "hook spark-values: writes ami-new (was nothing); written back if the run ends before its canary has passed",
            ]);
    }

    [Fact]
    public async Task Each_that_is_not_there_or_fails_is_refused_at_once()
    {
        var problems = (await CheckAsync(world =>
        {
            world.Hooks["dashboards"] = "ami-old";
            world.Faults.Add(call => call is { Api: Api.Hook, Subject: "dashboards" } ? WorldFaultKind.ServerError : null);
        })).Problems;

        problems.Select(problem => (problem.Code, problem.Object, problem.Limit)).ShouldBe([("unknown-hook", "pool test/workers", "dashboards"), ("hook-failed", "hook dashboards", null)]);
        problems[0].Sentence.ShouldBe("spec.hooks names 'spark-values', which is no hook of the settings");
    }

    private static async Task<PreflightResult> CheckAsync(Action<Simulation.World> set)
    {
        var spec = Rotations.Worlds.Plain(2);
        var world = WorldBuilder.Build(spec, 1, Rotations.Worlds.Start);
        set(world);
        using var cluster = new SimulatedCluster(world);
        var rotation = Rotations.Worlds.Spec(spec, world);
        var request = new RotationRequest { Cluster = rotation.Cluster, Pool = rotation.Pool with { Hooks = ["spark-values", "dashboards"] }, Image = "ami-new" };
        return await RotationPreflight.RunAsync(SimulatedPorts.Of(world, cluster, new MemoryStore()), request, CancellationToken.None);
    }
}
