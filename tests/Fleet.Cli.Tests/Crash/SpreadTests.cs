using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Serving;
using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;
using Xunit.Abstractions;

namespace Fleet.Cli.Tests.Crash;

/// <summary>Several rotations at once on three replicas that share a PostgreSQL database, each ordered from the replica that a load balancer picked.</summary>
public class SpreadTests(ITestOutputHelper output)
{
    private const int Pools = 6;

    [Fact]
    public async Task Runs_are_spread_over_replicas_and_those_of_one_that_is_killed_go_on_in_the_others()
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database, World());
        await using var first = await stage.ServeAsync();
        await using var second = await stage.ServeAsync();
        await using var third = await stage.ServeAsync();
        ServedProcess[] replicas = [first, second, third];
        var untouched = Stands(stage);

        // Until the runs are spread none of them comes to its end.
        var held = true;
        lock (stage.World.Gate)
        {
            stage.World.Faults.Add(call => held && call is { Caller: WireStage.Caller, Verb: "TerminateInstanceInAutoScalingGroup" } ? WorldFaultKind.Throttled : null);
        }

        var runs = new List<string>();
        for (var pool = 0; pool < Pools; pool++)
        {
            var (status, body) = await replicas[pool % replicas.Length].SendAsync(HttpMethod.Post, "/v1/runs", WireStage.Order(pool: $"pool-{pool}"));
            status.ShouldBe(201, body);
            runs.Add((string)JsonNode.Parse(body)!["id"]!);
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3), TimeProvider.System);
        while (database.Scalar<long>("SELECT count(DISTINCT lease_owner) FROM runs") < replicas.Length)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, limit.Token);
        }

        var orphans = database.Scalar<long>($"SELECT count(*) FROM runs WHERE lease_owner LIKE '%-{first.Process.Id}-%'");
        first.Process.Kill();
        lock (stage.World.Gate)
        {
            held = false;
        }

        foreach (var run in runs)
        {
            ((string?)(await second.GetAsync($"/v1/runs/{run}?wait=5m"))["phase"]).ShouldBe("succeeded");
        }

        output.WriteLine($"{orphans} of {Pools} runs were left and taken over");
        orphans.ShouldBeGreaterThan(0);
        var ending = Stands(stage);
        (ending.Settings, ending.Launches, ending.Terminations).ShouldBe((untouched.Settings, 2 * Pools, Pools), "each that was launched took the place of one");
        lock (stage.World.Gate)
        {
            stage.World.Cloud.Groups.Keys.SelectMany(stage.World.Cloud.Members).Count(one => one.Lifecycle == LifecycleState.InService && one.ImageId == WireStage.New).ShouldBe(Pools);
        }
    }

    private static Ending Stands(WireStage stage)
    {
        lock (stage.World.Gate)
        {
            return Ending.Of(stage.World, RunPhase.Succeeded, []);
        }
    }

    /// <summary>Six full nodes, each a pool of its own.</summary>
    private static WorldSpec World()
    {
        var full = Core.Tests.Rotations.Worlds.Full();
        var names = Enumerable.Range(0, Pools).Select(pool => $"pool-{pool}").ToList();
        return full with
        {
            Templates = [.. names.Select(name => full.Templates[0] with { Name = name })],
            Groups = [.. names.Select(name => full.Groups[0] with { Name = name, Template = name, Desired = 1, Max = 1 })],
        };
    }
}
