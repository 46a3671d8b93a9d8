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
/// Services as processes of their own that share a PostgreSQL database: one drives a rotation of six nodes over the wire, and is killed, frozen for a while, replaced as in a rolling restart, or loses the database for a moment; another carries on. The test command takes a
/// few points, the campaign more.
/// </summary>
public class ReplicaTests(ITestOutputHelper output)
{
    /// <summary>A run makes at least so many writes; the last points are near its end.</summary>
    private const int LeastWrites = 50;

    private static readonly int Points = Campaigns.Count("FLEET_REPLICA_KILLS", 2);

    [Fact]
    public async Task Whatever_befalls_a_replica_nothing_is_lost_and_nothing_is_done_twice()
    {
        var kills = new KillPoint[Points];
        var endings = new Ending[Points];
        var (calm, replaced, frozen, severed) = (default(Ending)!, default(Ending)!, default(Ending)!, default(Ending)!);
        await Parallel.ForEachAsync(Enumerable.Range(-4, Points + 4), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (index, _) =>
        {
            switch (index)
            {
                case -4:
                    severed = await SeveredAsync(10, 25, 40);
                    break;
                case -3:
                    frozen = await FrozenAsync(at: 20);
                    break;
                case -2:
                    calm = await RanAsync(new KillPoint(0, KillMoment.Before));
                    break;
                case -1:
                    replaced = await ReplacedAsync();
                    break;
                default:
                    kills[index] = new KillPoint(5 + (index * (LeastWrites - 10) / Math.Max(1, Points - 1)), (KillMoment)(index % 3));
                    endings[index] = await RanAsync(kills[index]);
                    break;
            }
        });

        calm.Phase.ShouldBe(RunPhase.Succeeded);
        var found = new[] { ("replaced", replaced), ("frozen", frozen), ("severed", severed) }.SelectMany(one => one.Item2.Beyond(calm).Select(what => $"{one.Item1}: {what}")).ToList();
        foreach (var (kill, ending) in kills.Zip(endings))
        {
            output.WriteLine($"killed {kill.Where}: carried on after {kill.TakenOverAfter?.TotalSeconds:0.0} s; {ending.Launches} launches, {ending.Terminations} terminations, {ending.Versions} versions, {ending.Evictions} evictions");
            kill.Reached.IsCompleted.ShouldBeTrue($"a run makes fewer than {LeastWrites} writes");
            found.AddRange(ending.Beyond(calm).Select(what => $"killed {kill.Where}: {what}"));
        }

        found.ShouldBeEmpty();
    }

    /// <summary>The replica that was asked drives; at the point it is killed, and the other one carries on.</summary>
    private static async Task<Ending> RanAsync(KillPoint point)
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync();
        var run = await BeginAsync(stage, first, point);
        await using var second = await stage.ServeAsync();

        await EndAsync(second, run);
        return await stage.EndingAsync();
    }

    /// <summary>Each replica is stopped and another started, twice, while the run goes on.</summary>
    private static async Task<Ending> ReplacedAsync()
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync();
        var run = await BeginAsync(stage, first, new KillPoint(0, KillMoment.Before));
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
        output.WriteLine($"frozen at {point.Where}");
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

    private static Task<string> BeginAsync(WireStage stage, ServedProcess replica, KillPoint point)
    {
        point.Aim(replica.Process);
        return BeginAsync(stage, replica, point.On);
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
