using Fleet.Core.Runs;
using Fleet.Simulation.Storage;

namespace Fleet.Core.Tests.Runs;

/// <summary>When a driver lets go of its run.</summary>
public class RunDriverTests
{
    private readonly MemoryStore _store = new();

    [Theory]
    [InlineData(RunPhase.Succeeded)]
    [InlineData(RunPhase.Cancelled)]
    public async Task A_run_that_ends_while_something_is_asked_of_it_has_ended(RunPhase end)
    {
        var run = await CreateAsync("r-1");
        var round = new ScriptedRound(async () =>
        {
            await _store.RequestAsync(run.Id, RunRequest.Pause, CancellationToken.None);
            return end;
        });

        var ended = await Driver(round).DriveAsync(run.Id, CancellationToken.None);

        ended.Phase.ShouldBe(end);
        ended.Request.ShouldBe(RunRequest.Pause, "it came too late to be dealt with");
        round.Released.ShouldBe(1);
        (await _store.LeaseAsync(run.Id, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task A_run_in_the_queue_does_nothing_and_begins_when_its_turn_comes()
    {
        await CreateAsync("r-1");
        var queued = await CreateAsync("r-2", WhenUnderWay.Queue);
        var round = new ScriptedRound(() => Task.FromResult(RunPhase.Succeeded));
        var driver = Driver(round);

        var step = await driver.StepAsync(queued.Id, CancellationToken.None);
        (step.Rests, step.Run.Phase, round.Planned).ShouldBe((false, RunPhase.Pending, 0));

        (await Driver(new ScriptedRound(() => Task.FromResult(RunPhase.Failed))).DriveAsync("r-1", CancellationToken.None)).Phase.ShouldBe(RunPhase.Failed);
        (await driver.DriveAsync(queued.Id, CancellationToken.None)).Phase.ShouldBe(RunPhase.Succeeded);
        round.Planned.ShouldBe(1);
    }

    [Fact]
    public async Task A_run_in_the_queue_that_is_cancelled_ends_without_a_look_at_the_world()
    {
        await CreateAsync("r-1");
        var queued = await CreateAsync("r-2", WhenUnderWay.Queue);
        await _store.RequestAsync(queued.Id, RunRequest.Cancel, CancellationToken.None);
        var round = new ScriptedRound(() => throw new InvalidOperationException("it looked"));

        var ended = await Driver(round).DriveAsync(queued.Id, CancellationToken.None);

        (ended.Phase, ended.Request).ShouldBe((RunPhase.Cancelled, RunRequest.None));
        (await _store.JournalAsync(queued.Id, 0, CancellationToken.None))[0].Message.ShouldBe("cancelled before it began; nothing was changed");
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(15, 0)]
    [InlineData(60, 0)]
    public async Task What_was_decided_under_a_lease_that_has_ended_is_not_done(int seconds, int acted)
    {
        var run = await CreateAsync("r-1");
        var wall = new SteppedClock();
        var round = new ScriptedRound(() =>
        {
            wall.Step(TimeSpan.FromSeconds(seconds));
            return Task.FromResult(RunPhase.Running);
        })
        { Acts = true };
        var driver = new RunDriver(_store, round, new DriverOptions { Owner = "me" }, TimeProvider.System, wall);

        var step = driver.StepAsync(run.Id, CancellationToken.None);

        if (acted == 0)
        {
            (await Should.ThrowAsync<RunLostException>(() => step)).Message.ShouldContain("ended before");
        }

        round.Acted.ShouldBe(acted);
        (await _store.GetAsync(run.Id, CancellationToken.None))!.Version.ShouldBe(1, "it stays recorded, for the next one to look after");
    }

    private RunDriver Driver(IRunRound round) => new(_store, round, new DriverOptions { Owner = "me" }, TimeProvider.System, TimeProvider.System);

    private async Task<Run> CreateAsync(string id, WhenUnderWay whenUnderWay = WhenUnderWay.Refuse)
    {
        var now = TimeProvider.System.GetUtcNow();
        var run = new Run { Id = id, Kind = "rotation", Cluster = "prod", Pool = "workers", Spec = "{}", State = "{}", Created = now, Updated = now };
        return await _store.CreateAsync(run, whenUnderWay, CancellationToken.None);
    }
}
