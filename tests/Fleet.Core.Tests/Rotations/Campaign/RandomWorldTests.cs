using System.Collections.Concurrent;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Rotations of drawn worlds with faults: at every event the rules hold, and every run comes to rest.</summary>
public class RandomWorldTests(ITestOutputHelper output)
{
    private static readonly int Worlds = Campaigns.Count("FLEET_WORLDS", 40);
    private static readonly int First = Campaigns.Count("FLEET_FIRST", 1);

    [Fact]
    public void No_rule_is_broken_and_every_run_comes_to_rest()
    {
        var runs = new ConcurrentBag<WorldRun>();
        var unfit = 0;
        Parallel.ForEach(Enumerable.Range(First, Worlds), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, seed =>
        {
            if (Ran(seed) is { } run)
            {
                runs.Add(run);
            }
            else
            {
                Interlocked.Increment(ref unfit);
            }
        });
        output.WriteLine($"{runs.Count} worlds, {unfit} drawn that could not come to rest before their start");
        foreach (var end in runs.GroupBy(run => run.End).OrderBy(end => end.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {end.Count(),5} ended {end.Key} ({string.Join(' ', end.Select(run => run.Seed).Order().Take(6))})");
        }

        var counts = FaultDraw.All.Union(MaintenanceDraw.All).Union(["429", "stop", "retry"]).ToDictionary(what => what, what => runs.Count(run => run.Seen.Contains(what)));
        foreach (var (what, count) in counts.OrderBy(count => count.Key, StringComparer.Ordinal))
        {
            output.WriteLine($"  {count,5} worlds ({100.0 * count / runs.Count:0.0} %) saw {what}");
        }

        runs.OrderBy(run => run.Seed).SelectMany(run => run.Violations.Take(3)).ShouldBeEmpty();
        if (Worlds >= 200)
        {
            counts.Where(count => count.Value * 20 < runs.Count).ShouldBeEmpty("each occurs in at least 5 % of the worlds");
        }
    }

    /// <summary>
    /// Each has shown a fault once: nodes that recover after the start and count from then on; max that others set between Fleet's raises, or while one of them was not made; a pod that others evict, whose return hides that Fleet's is not back;
    /// a pod whose successor was not made yet when the only other node for it went.
    /// </summary>
    [Theory]
    [InlineData(1025)]
    [InlineData(1260)]
    [InlineData(1295)]
    [InlineData(1339)]
    [InlineData(957)]
    [InlineData(1849)]
    [InlineData(932)]
    [InlineData(1462)]
    [InlineData(1880)]
    public void A_world_that_broke_a_rule_once_breaks_none(int seed) => Ran(seed).ShouldNotBeNull().Violations.ShouldBeEmpty();

    private WorldRun? Ran(int seed)
    {
        try
        {
            // A world that is asked for alone is told in full.
            return WorldRun.Of(seed, tell: Worlds == 1 ? output.WriteLine : null);
        }
#pragma warning disable CA1031 // Whatever fails is told with its seed.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return new WorldRun(seed, Core.Runs.RunPhase.Failed, [$"seed {seed}: {failure}"], []);
        }
    }
}
