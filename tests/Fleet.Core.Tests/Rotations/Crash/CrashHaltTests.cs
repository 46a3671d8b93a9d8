using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations.Crash;

/// <summary>A rotation of six nodes that a person pauses or cancels in the midst of it is killed at every point, before the request and after it. The test command takes every n-th point, the campaign all.</summary>
public class CrashHaltTests(ITestOutputHelper output)
{
    private static readonly int Stride = Campaigns.Count("FLEET_CRASH_STRIDE", 97);
    private static readonly RotationPolicy Policy = new() { LoadBalancerWait = TimeSpan.FromSeconds(60), MaxSurge = CountOrPercent.Count(2) };

    /// <summary>While the canary boots, while it drains, and in the midst of the rolling.</summary>
    private static readonly double[] Minutes = [1, 2.25, 6.5];

    [Theory]
    [MemberData(nameof(When))]
    public void A_killed_run_that_is_cancelled_puts_everything_back(double minutes)
    {
        var counting = new CrashPoint(0);
        var calm = Cancelled(counting, minutes, TimeSpan.Zero);
        calm.Ending.Phase.ShouldBe(RunPhase.Cancelled);
        output.WriteLine($"{counting.Crossings} points, every {Stride}.");
        Campaigns.Check(Campaigns.Points(counting.Crossings, Stride), point => BeyondPuttingBack(new CrashPoint(point), minutes, Gap(point), calm.Ending));
    }

    [Fact]
    public void A_process_that_dies_between_the_annotations_and_the_taint_of_a_node_leaves_no_mark_behind()
    {
        const string Between = "before INodeActions.SetTaintAsync";
        var counting = new CrashPoint(0, Between);
        var calm = Cancelled(counting, Minutes[^1], TimeSpan.Zero);
        counting.Crossings.ShouldBeGreaterThan(4, "outdated nodes are marked, and those that stay are unmarked");
        Campaigns.Check(Campaigns.Points(counting.Crossings, 1), point => BeyondPuttingBack(new CrashPoint(point, Between), Minutes[^1], TimeSpan.Zero, calm.Ending));
    }

    [Theory]
    [MemberData(nameof(When))]
    public void A_killed_run_that_is_paused_and_resumed_ends_as_one_that_nobody_disturbed(double minutes)
    {
        var counting = new CrashPoint(0);
        var calm = PausedAndResumed(counting, minutes, TimeSpan.Zero);
        calm.Phase.ShouldBe(RunPhase.Succeeded);
        output.WriteLine($"{counting.Crossings} points, every {Stride}.");
        Campaigns.Check(Campaigns.Points(counting.Crossings, Stride), point =>
        {
            var crash = new CrashPoint(point);
            var ending = PausedAndResumed(crash, minutes, Gap(point));

            // What a node that is given back had evicted already may come back to it, and is evicted again.
            return ending.Beyond(calm with { Evictions = ending.Evictions, PodsEvictedTwice = ending.PodsEvictedTwice })
                .Select(what => $"paused after {minutes} min, killed {crash.Where} (point {point}): {what}");
        });
    }

    public static TheoryData<double> When() => [.. Minutes];

    private static TimeSpan Gap(int point) => TimeSpan.FromSeconds(point % 2 * 20);

    private static IEnumerable<string> BeyondPuttingBack(CrashPoint crash, double minutes, TimeSpan gap, Ending calm)
    {
        var (start, ending) = Cancelled(crash, minutes, gap);
        return ending.Beyond(calm with { Settings = start.Settings, Images = ending.Images }).Select(what => $"cancelled after {minutes} min, killed {crash.Where}: {what}");
    }

    private static (Ending Start, Ending Ending) Cancelled(CrashPoint point, double minutes, TimeSpan gap)
    {
        using var stage = KilledRun.Prepare(point, Policy);
        var start = EndingOf(stage);
        stage.After(TimeSpan.FromMinutes(minutes), () => stage.Rehearsal.Ask(RunRequest.Cancel));
        KilledRun.Drive(stage, point, gap);

        // What the group does by itself once it may rebalance again comes to the same after every run.
        stage.World.Timeline.RunUntil(stage.World.Now + TimeSpan.FromHours(1));
        return (start, EndingOf(stage));
    }

    private static Ending PausedAndResumed(CrashPoint point, double minutes, TimeSpan gap)
    {
        using var stage = KilledRun.Prepare(point, Policy);
        stage.After(TimeSpan.FromMinutes(minutes), () => stage.Rehearsal.Ask(RunRequest.Pause));
        KilledRun.Drive(stage, point, gap);
        stage.Rehearsal.Run.Phase.ShouldBe(RunPhase.Paused);
        stage.Rehearsal.Ask(RunRequest.Resume);
        KilledRun.Drive(stage, point, gap);
        return EndingOf(stage);
    }

    private static Ending EndingOf(Stage stage) => Ending.Of(stage.World, stage.Rehearsal.Run.Phase, stage.Rehearsal.Ledger());
}
