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

    private RunDriver Driver(IRunRound round) => new(_store, round, new DriverOptions { Owner = "me" }, TimeProvider.System, TimeProvider.System);

    private async Task<Run> CreateAsync(string id)
    {
        var now = TimeProvider.System.GetUtcNow();
        var run = new Run { Id = id, Kind = "rotation", Cluster = "prod", Pool = "workers", Spec = "{}", State = "{}", Created = now, Updated = now };
        await _store.CreateAsync(run, CancellationToken.None);
        return run;
    }
}
