using System.Text.Json.Nodes;
using Fleet.Cli.Tests.Serving;
using Fleet.Contracts.Storage.Postgres;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations;
using Fleet.Core.Tests.Rotations.Crash;
using Xunit.Abstractions;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// Services as processes of their own that share a PostgreSQL database: one drives a rotation of six nodes over the wire, and is killed, or replaced as in a rolling restart; another carries on. The test command takes a
/// few points, the campaign more.
/// </summary>
public class ReplicaTests(ITestOutputHelper output)
{
    /// <summary>A run makes at least so many writes; the last points are near its end.</summary>
    private const int LeastWrites = 50;

    private static readonly int Points = Campaigns.Count("FLEET_REPLICA_KILLS", 2);

    [Fact]
    public async Task A_replica_that_is_killed_or_replaced_loses_nothing_and_the_others_double_nothing()
    {
        var kills = new KillPoint[Points];
        var endings = new Ending[Points];
        var (calm, replaced) = (default(Ending)!, default(Ending)!);
        await Parallel.ForEachAsync(Enumerable.Range(-2, Points + 2), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (index, _) =>
        {
            switch (index)
            {
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
        var found = replaced.Beyond(calm).Select(what => $"replaced: {what}").ToList();
        foreach (var (kill, ending) in kills.Zip(endings))
        {
            output.WriteLine($"killed {kill.Where}: {ending.Launches} launches, {ending.Terminations} terminations, {ending.Versions} versions, {ending.Evictions} evictions");
            kill.Reached.IsCompleted.ShouldBeTrue($"a run makes fewer than {LeastWrites} writes");
            found.AddRange(ending.Beyond(calm).Select(what => $"killed {kill.Where}: {what}"));
        }

        found.ShouldBeEmpty();
    }

    /// <summary>The replica that was asked drives; at the point it is killed, and the other one carries on.</summary>
    private async Task<Ending> RanAsync(KillPoint point)
    {
        using var database = PostgresServer.Shared.Create();
        await using var stage = await WireStage.StartAsync(database);
        await using var first = await stage.ServeAsync();
        var run = await BeginAsync(stage, first, point);
        await using var second = await stage.ServeAsync();

        await EndAsync(second, run);
        if (point.Reached.IsCompleted)
        {
            var lines = (await second.GetAsync($"/v1/runs/{run}/journal"))["items"]!.AsArray();
            output.WriteLine($"{lines.Count} lines in the journal");
        }

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

    private static async Task<string> BeginAsync(WireStage stage, ServedProcess replica, KillPoint point)
    {
        point.Aim(replica.Process);
        lock (stage.World.Gate)
        {
            stage.World.Faults.Add(point.On);
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
