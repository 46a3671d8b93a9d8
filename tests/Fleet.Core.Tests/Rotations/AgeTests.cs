using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Records;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>A run that goes by age exchanges the instances that were too old when it was ordered, and no other that is current.</summary>
public class AgeTests
{
    private static readonly RotationPolicy Policy = new() { MaxSurge = CountOrPercent.Count(2), LoadBalancerWait = TimeSpan.FromSeconds(60) };

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void Those_that_are_too_old_go_and_no_other(int old)
    {
        using var stage = Aged(old, out var aged);
        using var recorder = Recorded(stage);
        var others = Serving(stage.World).Except(aged).ToList();

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        recorder.Violations.ShouldBeEmpty();
        Serving(stage.World).ShouldNotContain(id => aged.Contains(id));
        others.Except(Serving(stage.World)).Count().ShouldBeLessThanOrEqualTo(stage.State.Evened, "one that is current goes only to even out zones");
        Serving(stage.World).Count.ShouldBe(6);
        stage.State.Outdated.ShouldBe(old);
        stage.World.Cloud.Templates.Values.Single().Versions.Count.ShouldBe(1, "the template has the image already");
        stage.Rehearsal.Ledger().ShouldAllBe(entry => entry.Status != LedgerStatus.Open);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(14)]
    public void Cancelled_it_leaves_the_pool_whole(int minutes)
    {
        using var stage = Aged(3, out _);
        using var recorder = Recorded(stage);
        stage.After(TimeSpan.FromMinutes(minutes), () => stage.Rehearsal.Ask(RunRequest.Cancel));

        stage.Drive().ShouldBeOneOf(RunPhase.Cancelled, RunPhase.Succeeded);

        recorder.Violations.ShouldBeEmpty();
        (stage.World.Cloud.Groups["workers"].Desired, Serving(stage.World).Count).ShouldBe((6, 6));
        stage.World.Cloud.Terminations.Count.ShouldBeLessThanOrEqualTo(4, "those that are current are not exchanged for the former version, which is the same");
        stage.Rehearsal.Ledger().ShouldAllBe(entry => entry.Status != LedgerStatus.Open);
    }

    private static Stage Aged(int old, out List<string> aged)
    {
        // The same seed gives the same instances.
        List<string> chosen = [.. Serving(WorldBuilder.Build(Worlds.Plain(6), 1, Worlds.Start)).Take(old)];
        aged = chosen;
        return new Stage(Worlds.Plain(6), Policy, adapt: spec => spec with { Target = new() { ImageId = "ami-old" }, TooOld = new(TimeSpan.FromDays(14), [.. chosen]) });
    }

    private static RotationRecorder Recorded(Stage stage) => new(stage.World, RecordedRotation.Of(stage.Spec, stage.World));

    private static List<string> Serving(World world) => [.. world.Cloud.Members("workers").Where(one => one.Lifecycle == LifecycleState.InService).Select(one => one.Id).Order(StringComparer.Ordinal)];
}
