using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
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
        Campaigns.Check(Campaigns.Points(counting.Crossings, Stride), point =>
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
        Campaigns.Check(Campaigns.Points(writes, Math.Max(1, Stride / 4)), point =>
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

    private static Ending Ran(Func<WorldCall, WorldFaultKind?> fault)
    {
        using var stage = new Stage(Worlds.Full(), Policy);
        stage.World.Faults.Add(call => call.Caller == "fleet" ? fault(call) : null);
        stage.Drive();
        return Ending.Of(stage.World, stage.Rehearsal.Run.Phase, stage.Rehearsal.Ledger());
    }

    private static Ending Ran(CrashPoint point, TimeSpan gap)
    {
        using var stage = KilledRun.Prepare(point, Policy);
        KilledRun.Drive(stage, point, gap);
        return Ending.Of(stage.World, stage.Rehearsal.Run.Phase, stage.Rehearsal.Ledger());
    }
}
