using System.Collections.Concurrent;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Rehearsals;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>A rotation of six nodes is killed at every point: before each call, after it and before its record, after the record; and every call is once applied with its answer lost.
/// The test command takes every n-th point, the campaign all.</summary>
public class CrashTests(ITestOutputHelper output)
{
    private static readonly int Stride = Campaigns.Count("FLEET_CRASH_STRIDE", 29);
    private static readonly RotationPolicy Policy = new() { LoadBalancerWait = TimeSpan.FromSeconds(60), MaxSurge = CountOrPercent.Count(2) };

    /// <summary>How long nobody drives the run: the last is beyond every limit of a wait.</summary>
    private static readonly TimeSpan[] Gaps = [TimeSpan.Zero, TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40), TimeSpan.FromHours(2)];

    [Fact]
    public void A_killed_run_goes_on_by_observing_and_doubles_nothing()
    {
        var counting = new CrashPoint(0);
        var calm = Ran(counting, TimeSpan.Zero);
        calm.Phase.ShouldBe(RunPhase.Succeeded);
        output.WriteLine($"{counting.Crossings} points, every {Stride}.");
        Check(Points(counting.Crossings), point =>
        {
            var crash = new CrashPoint(point);
            var ending = Ran(crash, Gaps[point % Gaps.Length]);
            return ending.Beyond(calm).Select(what => $"killed {crash.Where} (point {point}): {what}");
        });
    }

    [Fact]
    public void A_call_that_was_applied_and_timed_out_is_not_made_twice()
    {
        var writes = 0;
        var calm = Ran(call =>
        {
            writes += call.Writes ? 1 : 0;
            return null;
        });
        output.WriteLine($"{writes} calls, every {Math.Max(1, Stride / 4)}.");
        Check(Points(writes, Math.Max(1, Stride / 4)), point =>
        {
            var (made, lost) = (0, "");
            var ending = Ran(call =>
            {
                if (!call.Writes || ++made != point)
                {
                    return null;
                }

                lost = $"{call.Verb} {call.Subject}";
                return WorldFaultKind.TimeoutAfterSuccess;
            });
            return ending.Beyond(calm).Select(what => $"the answer to {lost} (call {point}) was lost: {what}");
        });
    }

    private static IEnumerable<int> Points(int all, int? stride = null) => Enumerable.Range(1, all).Where(point => (point - 1) % (stride ?? Stride) == 0);

    private static void Check(IEnumerable<int> points, Func<int, IEnumerable<string>> run)
    {
        var found = new ConcurrentBag<string>();
        Parallel.ForEach(points, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, point =>
        {
            foreach (var what in run(point))
            {
                found.Add(what);
            }
        });
        found.Order(StringComparer.Ordinal).ShouldBeEmpty();
    }

    private static Ending Ran(Func<WorldCall, WorldFaultKind?> fault)
    {
        using var stage = new Stage(Worlds.Full(), Policy);
        stage.World.Faults.Add(call => call.Caller == "fleet" ? fault(call) : null);
        stage.Drive();
        return Ending.Of(stage.World, stage.Rehearsal.Run.Phase, stage.Rehearsal.Ledger());
    }

    private static Ending Ran(CrashPoint point, TimeSpan gap)
    {
        using var stage = new Stage(Worlds.Full(), Policy, options: new RehearsalOptions
        {
            WrapStore = store => CrossingProxy.Of(store, point),
            Wrap = ports => ports with
            {
                Nodes = CrossingProxy.Of(ports.Nodes, point),
                Evictions = CrossingProxy.Of(ports.Evictions, point),
                Lock = CrossingProxy.Of(ports.Lock, point),
                Groups = CrossingProxy.Of(ports.Groups, point),
                Templates = CrossingProxy.Of(ports.Templates, point),
                Instances = CrossingProxy.Of(ports.Instances, point),
                Inventory = CrossingProxy.Of(ports.Inventory, point),
            },
        });
        try
        {
            stage.Drive();
        }
        catch (CrashException)
        {
            stage.World.Timeline.RunUntil(stage.World.Now + gap);
            point.Revive();
            stage.Rehearsal.Crash();
            stage.Drive();
        }

        return Ending.Of(stage.World, stage.Rehearsal.Run.Phase, stage.Rehearsal.Ledger());
    }
}
