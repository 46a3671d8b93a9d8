using Fleet.Cli.Tests.Serving;
using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations;
using Fleet.Core.Tests.Rotations.Crash;
using Xunit.Abstractions;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// A service that is killed (SIGKILL) at a call of its rotation; another is started on the same state file and goes on by itself. The order is repeated, as a caller does whose connection broke: it finds the run.
/// </summary>
public class KilledServiceTests(ITestOutputHelper output)
{
    private static readonly int Points = Campaigns.Count("FLEET_SERVICE_KILLS", 2);

    [Fact]
    public async Task A_service_that_is_killed_is_taken_over_by_the_next_and_nothing_is_done_twice()
    {
        var kills = Enumerable.Range(0, Points + 1).Select(index => new KillPoint(index == 0 ? 0 : index * 45 / (Points + 1), (KillMoment)(index % 3))).ToArray();
        var endings = new Ending[kills.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, kills.Length), new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (index, _) => endings[index] = await EndAsync(kills[index], killed: index > 0));

        endings[0].Phase.ShouldBe(RunPhase.Succeeded);
        foreach (var (kill, ending) in kills.Zip(endings).Skip(1))
        {
            output.WriteLine($"killed {kill.Where}: {ending.Launches} launches, {ending.Terminations} terminations, {ending.Evictions} evictions");
            ending.Beyond(endings[0]).ShouldBeEmpty($"killed {kill.Where}");
        }
    }

    private static async Task<Ending> EndAsync(KillPoint point, bool killed)
    {
        await using var stage = await WireStage.StartAsync();
        lock (stage.World.Gate)
        {
            stage.World.Faults.Add(point.On);
        }

        await using var first = await stage.ServeAsync();
        point.Aim(first.Process);
        (await first.SendAsync(HttpMethod.Post, "/v1/runs", WireStage.Order("nightly"))).Status.ShouldBe(201);
        if (!killed)
        {
            await RotatedAsync(first);
            return await stage.EndingAsync();
        }

        await point.Reached;
        await using var next = await stage.ServeAsync();
        (await next.SendAsync(HttpMethod.Post, "/v1/runs", WireStage.Order("nightly"))).Status.ShouldBe(200, "the order has begun its run already");
        await RotatedAsync(next);
        return await stage.EndingAsync();
    }

    private static async Task RotatedAsync(ServedProcess served)
    {
        var run = await served.GetAsync("/v1/runs/nightly?wait=4m");
        ((string?)run["phase"]).ShouldBe("succeeded", run.ToJsonString());
    }
}
