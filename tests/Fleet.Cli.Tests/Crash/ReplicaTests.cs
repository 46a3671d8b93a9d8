using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Serving;
using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation.Calls;
using Xunit.Abstractions;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// Services as processes of their own that share a PostgreSQL database: one drives a rotation of six nodes over the wire, and is killed as the next one is then, or frozen for a while, replaced as in a rolling restart, or loses the database; another carries on. The test
/// command kills at least five times in each way, the campaign more often.
/// </summary>
public class ReplicaTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Campaigns.Count("FLEET_REPLICA_ROUNDS", 5);

    private readonly ConcurrentBag<string> _notes = [];

    [Fact]
    public async Task Whatever_befalls_a_replica_nothing_is_lost_and_nothing_is_done_twice()
    {
        var chains = new IReadOnlyList<KillFigure>[Rounds];
        var killed = Enumerable.Range(0, Rounds).Select(round => ($"round {round}", (Func<Task<Ending>>)(async () =>
        {
            var (ending, figures) = await KilledAsync(KillStep.Round(round), replicas: 2 + (round % 2));
            chains[round] = figures;
            return ending;
        })));
        (string What, Func<Task<Ending>> Run)[] all =
        [
            ("undisturbed", async () => (await KilledAsync([], replicas: 1)).Ending),
            .. killed,
            ("server restarted", () => SeveredAsync(10, 25, 40)),
            ("line cut", () => CutOffAsync(at: 15)),
            ("frozen early", () => FrozenAsync(at: 8)),
            ("frozen late", () => FrozenAsync(at: 30)),
            ("replaced", ReplacedAsync),
        ];

        // Most of a run is the wait for the world, and most of a killed one the wait for the dead one's lease: they wait together.
        var endings = new Ending[all.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Length), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (index, _) => endings[index] = await all[index].Run());

        endings[0].Phase.ShouldBe(RunPhase.Succeeded);
        foreach (var note in chains.SelectMany((figures, round) => figures.Select(figure => $"round {round}: killed {figure.Where}: carried on after {figure.TakenOverAfter?.TotalSeconds:0.0} s")).Concat(_notes))
        {
            output.WriteLine(note);
        }

        output.WriteLine($"worst of {chains.Sum(figures => figures.Count)} takings over: {chains.SelectMany(figures => figures).Max(figure => figure.TakenOverAfter)?.TotalSeconds:0.0} s");
        all.Zip(endings).SelectMany(one => one.Second.Beyond(endings[0]).Select(what => $"{one.First.What}: {what}")).ShouldBeEmpty();
    }

    /// <summary>The replica that drives is killed, then the one that took over, and so on; for each that died another is started, as long as one is needed.</summary>
    private static async Task<(Ending Ending, IReadOnlyList<KillFigure> Figures)> KilledAsync(IReadOnlyList<KillStep> steps, int replicas)
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        var chain = new KillChain(stage.World, steps, () => database.Scalar<string>("SELECT lease_owner FROM runs")!);
        var started = new List<ServedProcess>();
        try
        {
            while (started.Count < replicas)
            {
                await ServeAsync();
            }

            var run = await BeginAsync(stage, started[0], chain.On);
            foreach (var death in chain.Deaths)
            {
                // A run that ends before its time never comes to the point.
                if (await Task.WhenAny(death, Task.Delay(TimeSpan.FromMinutes(10), TimeProvider.System)) != death)
                {
                    var stands = await started.First(one => !one.Process.HasExited).GetAsync($"/v1/runs/{run}");
                    throw new TimeoutException($"nobody was killed after {string.Join(", ", chain.Figures)} of {string.Join(", ", steps)}; the run: {stands.ToJsonString()}");
                }

                if (started.Count <= steps.Count)
                {
                    await ServeAsync();
                }
            }

            await EndAsync(started.First(one => !one.Process.HasExited), run);
            return (await stage.EndingAsync(), chain.Figures);
        }
        finally
        {
            await Task.WhenAll(started.Select(one => one.DisposeAsync().AsTask()));
        }

        async Task ServeAsync()
        {
            started.Add(await stage.ServeAsync());
            chain.Aim(started[^1].Process);
        }
    }

    /// <summary>Each replica is stopped and another started, twice, while the run goes on.</summary>
    private static async Task<Ending> ReplacedAsync()
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync();
        var run = await BeginAsync(stage, first, static _ => null);
        await using var second = await stage.ServeAsync();
        (await first.TerminateAsync()).ExitCode.ShouldBe(ExitCode.Done);
        await using var third = await stage.ServeAsync();
        (await second.TerminateAsync()).ExitCode.ShouldBe(ExitCode.Done);

        await EndAsync(third, run);
        return await stage.EndingAsync();
    }

    /// <summary>The replica that drives freezes, another takes its run over, and the first wakes up in the middle of that.</summary>
    private async Task<Ending> FrozenAsync(int at)
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync();
        var point = new FreezePoint(at, first.Process, () => database.Scalar<long>("SELECT fencing FROM runs") > 1);
        var run = await BeginAsync(stage, first, point.On);
        await using var second = await stage.ServeAsync();

        await EndAsync(second, run);

        // It has ended by itself before the world is judged: nothing of it is still to come.
        (await first.TerminateAsync()).ExitCode.ShouldBe(ExitCode.Done);
        _notes.Add($"frozen at {point.Where}");
        point.Woken.ShouldBeTrue();
        return await stage.EndingAsync();
    }

    /// <summary>The database's server falls as in a power cut and comes back, at some writes of the replica that drives.</summary>
    private static async Task<Ending> SeveredAsync(params int[] at)
    {
        using var server = new PostgresServer();
        using var database = server.Create();
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync();
        await using var second = await stage.ServeAsync();
        var (writes, falls) = (0, 0);
        var run = await BeginAsync(stage, first, call =>
        {
            if (call.Caller == WireStage.Caller && call.Writes && at.Contains(++writes))
            {
                server.Control("restart");
                falls++;
            }

            return null;
        });

        await EndAsync(second, run);
        falls.ShouldBe(at.Length);
        return await stage.EndingAsync();
    }

    /// <summary>The replica that drives loses its line to the database, for good, while it is well otherwise; another one's line is whole.</summary>
    private async Task<Ending> CutOffAsync(int at)
    {
        using var database = PostgresServer.Shared.Create();
        using var line = new CuttingProxy(PostgresServer.Shared.Port);
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync(database: database.UrlAt(line.Port));
        await using var second = await stage.ServeAsync();
        var writes = 0;
        var run = await BeginAsync(stage, first, call =>
        {
            if (call.Caller == WireStage.Caller && call.Writes && ++writes == at)
            {
                line.Dispose();
                _notes.Add($"cut off at {call.Verb} {call.Subject}");
            }

            return null;
        });

        await EndAsync(second, run);
        database.Scalar<long>("SELECT fencing FROM runs").ShouldBeGreaterThan(1, "the run has changed hands");
        first.Process.HasExited.ShouldBeFalse();
        return await stage.EndingAsync();
    }

    private static async Task<string> BeginAsync(WireStage stage, ServedProcess replica, Func<WorldCall, WorldFaultKind?> rule)
    {
        lock (stage.World.Gate)
        {
            stage.World.Faults.Add(rule);
        }

        var (status, body) = await replica.SendAsync(HttpMethod.Post, "/v1/runs", WireStage.Order());
        status.ShouldBe(201, body);
        return (string)JsonNode.Parse(body)!["id"]!;
    }

    private static async Task EndAsync(ServedProcess replica, string run)
    {
        var ended = await replica.GetAsync($"/v1/runs/{run}?wait=5m");
        ((string)ended["phase"]!).ShouldBe("succeeded", ended.ToJsonString());
    }
}
