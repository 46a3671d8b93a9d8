using Fleet.Core.Runs;
using Fleet.Simulation;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>While another run holds the pool's lease, a run changes nothing; it waits within its limits and can be given up.</summary>
public class PoolLockTests
{
    [Fact]
    public async Task It_stops_when_the_other_does_not_end_within_the_limit_of_progress()
    {
        var (world, rehearsal) = await LockedAsync();
        using (rehearsal)
        {
            var run = rehearsal.Drive(TimeSpan.FromHours(3));

            run.Phase.ShouldBe(RunPhase.Stopped);
            run.Reasons.ShouldContain(reason => reason.Code == "no-progress");
            run.Reasons.ShouldContain(reason => reason.Code == "pool-locked" && reason.Object == "lease kube-system/fleet-workers" && reason.Value == "r-other" && reason.Cure != null);
            Untouched(world);
        }
    }

    [Theory]
    [InlineData(RunRequest.Pause, RunPhase.Paused)]
    [InlineData(RunRequest.Cancel, RunPhase.Cancelled)]
    public async Task It_can_be_paused_and_given_up(RunRequest request, RunPhase phase)
    {
        var (world, rehearsal) = await LockedAsync();
        using (rehearsal)
        {
            await rehearsal.Store.RequestAsync(rehearsal.Run.Id, request, CancellationToken.None);

            rehearsal.Drive(TimeSpan.FromMinutes(1)).Phase.ShouldBe(phase);
            Untouched(world);
        }
    }

    private static async Task<(World World, Rehearsal Rehearsal)> LockedAsync()
    {
        var spec = Worlds.Plain(3);
        var world = WorldBuilder.Build(spec, 1, Worlds.Start);
        (await new SimulatedPoolLock(world, "other").AcquireAsync("workers", "r-other", TimeSpan.FromDays(2), CancellationToken.None)).ShouldBeNull();
        return (world, new Rehearsal(world, Worlds.Spec(spec, world)));
    }

    private static void Untouched(World world) => world.Log.Records.Where(call => call.Caller == "fleet" && call.Writes).ShouldBeEmpty();
}
