using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Hooks;

/// <summary>What hooks write goes with the pin: there before the first node goes, back while the canary has not passed.</summary>
public class HookTests
{
    private const string Hook = "spark-values";

    [Fact]
    public void The_image_is_written_before_the_first_node_goes_and_stays()
    {
        using var stage = Set();

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-new");
        var calls = stage.World.Log.Records.Where(call => call is { Writes: true, Applied: true }).ToList();
        var write = calls.FindIndex(call => call.Verb == "write hook");
        write.ShouldBeInRange(calls.FindIndex(call => call.Detail?.Contains("LaunchTemplate", StringComparison.Ordinal) == true || call.Verb == "UpdateAutoScalingGroup"), calls.FindIndex(call => call.Verb == "patch nodes"));
        calls.Count(call => call.Verb == "write hook").ShouldBe(1);
        Entry(stage).ShouldSatisfyAllConditions(
            entry => (entry.Before, entry.Mine, entry.Status).ShouldBe(("ami-old", "ami-new", LedgerStatus.Done)),
            entry => entry.Note.ShouldBe("kept: the canary has passed"));
    }

    [Fact]
    public void A_run_that_is_cancelled_before_its_canary_has_passed_writes_back()
    {
        using var stage = Set();
        stage.DriveUntil(state => state.Stage == RotationStage.Canary);
        stage.World.Hooks[Hook].ShouldBe("ami-new");
        stage.Rehearsal.Ask(RunRequest.Cancel);

        stage.Drive().ShouldBe(RunPhase.Cancelled, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-old");
        Entry(stage).Status.ShouldBe(LedgerStatus.Done);
    }

    [Fact]
    public void An_image_whose_canary_fails_does_not_stay_written()
    {
        using var stage = Set(Worlds.Plain(4) with { Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", NeverReady = true }] });

        stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-old");
    }

    [Fact]
    public void A_run_that_was_cancelled_after_its_canary_keeps_what_is_pinned()
    {
        using var stage = Set();
        stage.DriveUntil(state => state.CanaryPassed);
        stage.Rehearsal.Ask(RunRequest.Cancel);

        stage.Drive().ShouldBe(RunPhase.Cancelled, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-new");
    }

    [Fact]
    public void A_paused_run_writes_again_when_it_is_resumed()
    {
        using var stage = Set();
        stage.DriveUntil(state => state.Stage == RotationStage.Canary);
        stage.Rehearsal.Ask(RunRequest.Pause);
        stage.Drive().ShouldBe(RunPhase.Paused, stage.Why);
        stage.World.Hooks[Hook].ShouldBe("ami-old");

        stage.Answer(RunRequest.Resume, TimeSpan.FromMinutes(20)).ShouldBe(RunPhase.Succeeded, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-new");
    }

    [Fact]
    public void What_somebody_else_has_written_is_not_written_over_on_the_way_back()
    {
        using var stage = Set();
        stage.DriveUntil(state => state.Stage == RotationStage.Canary);
        stage.World.Hooks[Hook] = "ami-theirs";
        stage.Rehearsal.Ask(RunRequest.Cancel);

        stage.Drive().ShouldBe(RunPhase.Cancelled, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-theirs");
        Entry(stage).ShouldSatisfyAllConditions(entry => entry.Status.ShouldBe(LedgerStatus.Void), entry => entry.Note.ShouldBe("somebody else has written ami-theirs"));
    }

    [Fact]
    public void What_somebody_else_writes_in_the_midst_of_the_write_stops_the_run_before_a_node_goes()
    {
        using var stage = Set();
        stage.World.Faults.Add(call =>
        {
            if (call is not { Verb: "write hook" })
            {
                return null;
            }

            stage.World.Hooks[Hook] = "ami-theirs";
            return WorldFaultKind.ServerError;
        });

        stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);

        stage.Rehearsal.Run.Reasons[0].ShouldSatisfyAllConditions(
            reason => (reason.Code, reason.Object, reason.Limit, reason.Value).ShouldBe(("hook-changed", $"hook {Hook}", "ami-new", "ami-theirs")),
            reason => reason.Cure.ShouldNotBeNull());
        stage.World.Hooks[Hook].ShouldBe("ami-theirs");
        stage.World.Cloud.Terminations.ShouldBeEmpty();
    }

    [Fact]
    public void A_hook_that_fails_for_a_while_is_tried_again_and_named_meanwhile()
    {
        using var stage = Set();
        var failed = 0;
        stage.World.Faults.Add(call => call is { Api: Api.Hook } && ++failed <= 3 ? WorldFaultKind.ServerError : null);
        stage.DriveUntil(_ => stage.Why.Contains("retry-hook-failed", StringComparison.Ordinal));

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-new");
    }

    [Fact]
    public void A_hook_that_the_settings_have_no_more_stops_the_run_until_they_have_it()
    {
        using var stage = Set();
        stage.World.Hooks.Remove(Hook);
        stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);
        stage.Why.ShouldContain("action-unknown-hook");
        stage.World.Cloud.Terminations.ShouldBeEmpty();
        stage.World.Hooks[Hook] = "ami-old";

        stage.Answer(RunRequest.Resume, TimeSpan.FromMinutes(5)).ShouldBe(RunPhase.Succeeded, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-new");
    }

    [Fact]
    public void A_version_that_exists_is_written_by_the_image_that_it_has()
    {
        using var stage = Set(adapt: spec => spec with { Target = new() { TemplateVersion = 2 } });
        stage.Account.CreateLaunchTemplateVersion(null, "workers", new() { ["ImageId"] = "ami-new" }, "1");

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        stage.World.Hooks[Hook].ShouldBe("ami-new");
    }

    private static LedgerEntry Entry(Stage stage) => stage.Rehearsal.Ledger().Single(entry => entry.Kind == LedgerKinds.Hook);

    private static Stage Set(WorldSpec? world = null, Func<RotationSpec, RotationSpec>? adapt = null) => HookStage.Of(new Stage(world ?? Worlds.Plain(4), adapt: spec => HookStage.Hooked(adapt?.Invoke(spec) ?? spec)));
}
