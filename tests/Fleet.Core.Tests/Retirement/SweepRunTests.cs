using Fleet.Core.Images;
using Fleet.Core.Retirement;
using Fleet.Core.Runs;
using Fleet.Simulation.Calls;
using static Fleet.Core.Tests.Retirement.RetirementStage;

namespace Fleet.Core.Tests.Retirement;

/// <summary>Sweeps as runs: driven, halted, killed and taken up by others.</summary>
public class SweepRunTests
{
    private readonly RetirementStage _stage = new();

    [Fact]
    public async Task A_run_takes_one_step_of_what_nothing_needs_and_its_journal_says_so()
    {
        var (old, used, newest) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90), await _stage.MadeAsync(30));
        Use(_stage.World, used.Copies[0].ImageId);

        var run = await DriveAsync(_stage, await OrderAsync(_stage));

        run.Phase.ShouldBe(RunPhase.Succeeded);
        (await _stage.RecordAsync(old)).State.ShouldBe(ImageState.Deprecated);
        _stage.Deprecations(old).ShouldAllBe(at => at != null);
        _stage.Writes(used).Concat(_stage.Writes(newest)).ShouldBeEmpty();
        var journal = (await _stage.Store.JournalAsync(run.Id, 0, 100, CancellationToken.None)).Where(line => line.Kind != "phase").Select(line => $"{line.Kind}: {line.Message}");
        journal.ShouldBe([$"action: deprecate: {old.Key}: nothing needs it", $"swept: {old.Key} is deprecated", "ended: 1 deprecated, 0 disabled, 0 deregistered, 0 brought back, 0 refused; 2 stay as they are"]);
    }

    [Fact]
    public async Task Runs_day_by_day_come_to_the_same_as_sweeps_in_the_foreground()
    {
        var (old, newest) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));

        for (var day = 0; day < 16; day++)
        {
            (await DriveAsync(_stage, await OrderAsync(_stage))).Phase.ShouldBe(RunPhase.Succeeded);
            _stage.Pass(TimeSpan.FromDays(1));
        }

        _stage.States(old).ShouldBe(["deregistered", "deregistered"]);
        _stage.Snapshots().ShouldBe(2);
        _stage.Writes(newest).ShouldBeEmpty();
        _stage.Writes(old).Count().ShouldBe(8, "each call once a region");
    }

    [Fact]
    public async Task What_is_refused_fails_the_run_with_its_cure_and_does_not_hold_up_the_rest()
    {
        var (old, gone, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90), await _stage.MadeAsync(30));
        _stage.World.Faults.Add(call => call.Verb == "EnableImageDeprecation" && call.Subject == old.Copies[0].ImageId ? WorldFaultKind.Denied : null);

        var run = await DriveAsync(_stage, await OrderAsync(_stage));

        run.Phase.ShouldBe(RunPhase.Failed);
        run.Reasons.ShouldHaveSingleItem().ShouldSatisfyAllConditions(reason => reason.Sentence.ShouldStartWith(old.Key), reason => reason.Cure.ShouldBe("grant ec2:EnableImageDeprecation (infra/terraform/image-policy)"));
        (await _stage.RecordAsync(gone)).State.ShouldBe(ImageState.Deprecated);
        _stage.Deprecations(gone).ShouldAllBe(at => at != null);
    }

    [Fact]
    public async Task A_run_that_is_paused_touches_nothing_until_it_is_resumed()
    {
        var (old, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(30));
        var ordered = await OrderAsync(_stage);
        await _stage.Store.RequestAsync(ordered.Id, RunRequest.Pause, CancellationToken.None);

        (await DriveAsync(_stage, ordered)).Phase.ShouldBe(RunPhase.Paused);
        _stage.Writes(old).ShouldBeEmpty();

        await _stage.Store.RequestAsync(ordered.Id, RunRequest.Resume, CancellationToken.None);
        (await DriveAsync(_stage, ordered)).Phase.ShouldBe(RunPhase.Succeeded);
        _stage.Writes(old).Count().ShouldBe(2);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_between_two_versions_leaves_the_rest_as_it_is()
    {
        var (first, second, _) = (await _stage.MadeAsync(100), await _stage.MadeAsync(90), await _stage.MadeAsync(30));
        var ordered = await OrderAsync(_stage);
        _stage.World.Log.Recorded += call =>
        {
            if (call is { Writes: true, Caller: "fleet" })
            {
                _stage.Store.RequestAsync(ordered.Id, RunRequest.Cancel, CancellationToken.None).GetAwaiter().GetResult();
            }
        };

        (await DriveAsync(_stage, ordered)).Phase.ShouldBe(RunPhase.Cancelled);

        (await _stage.RecordAsync(first)).State.ShouldBe(ImageState.Deprecated);
        _stage.Deprecations(first).ShouldAllBe(at => at != null, "what is begun is finished");
        (await _stage.RecordAsync(second)).ShouldBe(second);
        _stage.Writes(second).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_run_whose_driver_dies_at_any_call_is_finished_by_the_next_driver()
    {
        for (var kill = 1; ; kill++)
        {
            var stage = new RetirementStage();
            var (old, other, newest) = (await stage.MadeAsync(100), await stage.MadeAsync(90), await stage.MadeAsync(30));
            var (killed, writes) = (false, 0);
            stage.World.Log.Recorded += call =>
            {
                if (call is { Writes: true, Caller: "fleet" } && ++writes == kill)
                {
                    killed = true;
                    throw new KilledException();
                }
            };
            var ordered = await OrderAsync(stage);

            var died = await Record.ExceptionAsync(() => DriveAsync(stage, ordered, "one"));
            stage.Pass(TimeSpan.FromMinutes(1));
            var run = await DriveAsync(stage, ordered, "two");

            var subject = $"killed at write {kill}";
            (died is KilledException).ShouldBe(killed, subject);
            run.Phase.ShouldBe(RunPhase.Succeeded, subject);
            foreach (var image in new[] { old, other })
            {
                (await stage.RecordAsync(image)).State.ShouldBe(ImageState.Deprecated, subject);
                stage.Deprecations(image).ShouldAllBe(at => at != null, subject);
            }

            stage.Writes(newest).ShouldBeEmpty(subject);
            if (!killed)
            {
                kill.ShouldBe(5, "every write was killed once");
                return;
            }
        }
    }

    private static Task<Run> OrderAsync(RetirementStage stage) => stage.Store.CreateAsync(
        new Run
        {
            Id = RunId.New(stage.Now, new Random((int)(stage.Now.Ticks / TimeSpan.TicksPerMinute))),
            Kind = "imageSweep",
            Cluster = Run.NoCluster,
            Pool = Run.AllRecipes,
            Spec = SweepJson.Write(new SweepSpec()),
            State = SweepJson.Write(new SweepState()),
            Created = stage.Now,
            Updated = stage.Now,
        },
        WhenUnderWay.Refuse,
        CancellationToken.None);

    private static async Task<Run> DriveAsync(RetirementStage stage, Run run, string owner = "one")
    {
        var (clock, observer) = (stage.World.Clock, new SweepObserver(stage.Store, stage.Store, stage.Store, stage, []));
        await using var round = new SweepRound(observer, new SweepExecutor(observer, stage.Store, stage, clock), clock, clock);
        return await new RunDriver(stage.Store, round, new DriverOptions { Owner = owner }, clock, clock).DriveAsync(run.Id, CancellationToken.None);
    }

    private sealed class KilledException : Exception;
}
