using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>
/// A run that is cancelled leaves zones that differ by at most one: "after resume AWS redistributes by terminating undrained instances", so with more it would be Fleet that had them terminated.
/// </summary>
public class CancelTests
{
    public static TheoryData<int, int> Moments()
    {
        var moments = new TheoryData<int, int>();
        foreach (var surge in new[] { 1, 2, 3 })
        {
            for (var minutes = 1; minutes <= 25; minutes += 2)
            {
                moments.Add(surge, minutes);
            }
        }

        return moments;
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public void No_instance_is_taken_to_even_out_zones_after_a_cancel(int surge, int minutes)
    {
        var spec = Worlds.Plain(6);
        var world = WorldBuilder.Build(spec, surge, Worlds.Start);
        var policy = new RotationPolicy { MaxSurge = CountOrPercent.Count(surge), LoadBalancerWait = TimeSpan.FromSeconds(60) };
        using var rehearsal = new Rehearsal(world, Worlds.Spec(spec, world, policy));
        using var cancel = world.Timeline.At(world.Now + TimeSpan.FromMinutes(minutes), () => rehearsal.Ask(RunRequest.Cancel));

        var run = rehearsal.Drive(TimeSpan.FromHours(5));
        run.Phase.ShouldBeOneOf(RunPhase.Cancelled, RunPhase.Succeeded);
        world.Timeline.RunUntil(world.Now + TimeSpan.FromHours(1));

        world.Cloud.Terminations.Where(end => end.Cause is TerminationCause.Rebalance or TerminationCause.ScaleIn).ShouldBeEmpty();
        rehearsal.Ledger().ShouldAllBe(entry => entry.Status != LedgerStatus.Open);
        (world.Cloud.Groups["workers"].Desired, world.Cloud.Groups["workers"].Max).ShouldBe((6, 6));
        world.Cloud.Members("workers").Count(one => one.Lifecycle == LifecycleState.InService).ShouldBe(6);
    }
}
