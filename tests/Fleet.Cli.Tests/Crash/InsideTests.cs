using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Tests.Crash;

/// <summary>Fleet in the cluster that it rotates: two replicas under a budget, as the chart lays them out, each a process that lives as long as its pod.</summary>
public sealed class InsideTests
{
    private const int Nodes = 6;
    private const string Workload = "fleet";

    [Fact]
    public async Task Fleet_drains_the_nodes_under_its_own_pods_and_the_run_goes_on_in_those_that_come_after()
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database, World());
        await using var pods = new PodProcesses(stage, Workload);

        var (status, body) = await (await pods.AnyAsync()).SendAsync(HttpMethod.Post, "/v1/runs", WireStage.Order());
        status.ShouldBe(201, body);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(5), TimeProvider.System);
        while (!await stage.EndedAsync())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500), TimeProvider.System, limit.Token);
        }

        var ending = await stage.EndingAsync();
        ending.Phase.ShouldBe(RunPhase.Succeeded);
        ending.OpenEntries.ShouldBe(0);
        ending.Versions.ShouldBe(2, "the first and one of this run");
        ending.Terminations.ShouldBe(ending.Launches - Nodes, "each that was launched took the place of one");
        pods.Ended.ShouldBeGreaterThanOrEqualTo(2, "both of the first replicas were on nodes that went");
        pods.Started.ShouldBeGreaterThan(pods.Ended);
        var evicted = stage.World.Log.Records.Where(call => call is { Verb: "create pods/eviction", Applied: true }).Select(call => call.Subject).ToList();
        evicted.Count(subject => subject.Contains($"/{Workload}-", StringComparison.Ordinal)).ShouldBe(pods.Ended, "each went by an eviction under its budget");
    }

    private static WorldSpec World()
    {
        var full = Core.Tests.Rotations.Worlds.Full();
        return full with
        {
            Workloads = [.. full.Workloads, new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = Workload, Replicas = 2, MilliCpu = 50, AntiAffinity = ["kubernetes.io/hostname"] }],
            Budgets = [.. full.Budgets, new BudgetSpec { Name = Workload, Workload = Workload, MaxUnavailable = "1" }],
        };
    }
}
