using Fleet.Core.Runs;
using Fleet.Core.Tests.Rotations;
using Fleet.Core.Tests.Rotations.Crash;
using Xunit.Abstractions;

namespace Fleet.Cli.Tests.Crash;

/// <summary>
/// A rotation of six nodes over the wire, whose process is killed (SIGKILL) at points that are spread over the calls of an undisturbed run; another process takes it up. The test command takes a few points, the
/// campaign more.
/// </summary>
public class WireCrashTests(ITestOutputHelper output)
{
    /// <summary>A run makes at least so many writes; the last points are near its end.</summary>
    private const int LeastWrites = 50;

    /// <summary>How a shell counts SIGKILL: 128 and the signal's number.</summary>
    private const int Killed = 128 + 9;

    private static readonly int Points = Campaigns.Count("FLEET_WIRE_KILLS", 3);

    [Fact]
    public async Task A_process_that_is_killed_loses_nothing_and_the_next_one_doubles_nothing()
    {
        // Most of a killed run is the wait for the dead process's lease, most of any run the wait for the world: they wait together.
        var kills = new KillPoint[Points + 1];
        var endings = new Ending[Points + 1];
        await Parallel.ForEachAsync(Enumerable.Range(0, Points + 1), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (index, _) =>
        {
            var at = index == 0 ? 0 : 1 + ((index - 1) * (LeastWrites - 1) / Math.Max(1, Points - 1));
            kills[index] = new KillPoint(at, (KillMoment)(index % 3));
            endings[index] = await RanAsync(kills[index]);
        });
        var calm = endings[0];
        output.WriteLine($"undisturbed: {kills[0].Writes} writes, {calm.Launches} launches, {calm.Terminations} terminations, {calm.Versions} versions, {calm.Evictions} evictions");
        calm.Phase.ShouldBe(RunPhase.Succeeded);
        var found = new List<string>();
        foreach (var (kill, ending) in kills.Zip(endings).Skip(1))
        {
            output.WriteLine($"killed {kill.Where}: {ending.Launches} launches, {ending.Terminations} terminations, {ending.Versions} versions, {ending.Evictions} evictions");
            kill.Reached.IsCompleted.ShouldBeTrue($"a run makes fewer than {LeastWrites} writes");
            found.AddRange(ending.Beyond(calm).Select(what => $"killed {kill.Where}: {what}"));
        }

        found.ShouldBeEmpty();
    }

    private static async Task<Ending> RanAsync(KillPoint point)
    {
        await using var stage = await WireStage.StartAsync();
        lock (stage.World.Gate)
        {
            stage.World.Faults.Add(point.On);
        }

        using var first = stage.Rotate();
        point.Aim(first);
        var (exitCode, said) = await WireStage.EndOf(first);
        if (exitCode == Killed)
        {
            await point.Reached;
            using var next = stage.Rotate();
            (exitCode, said) = await WireStage.EndOf(next);
        }

        exitCode.ShouldBe(0, said);
        return await stage.EndingAsync();
    }
}
