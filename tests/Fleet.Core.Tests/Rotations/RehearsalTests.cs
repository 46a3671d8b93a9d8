using Fleet.Core.Runs;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;
using Xunit.Abstractions;

namespace Fleet.Core.Tests.Rotations;

public class RehearsalTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_outdated_instance_is_exchanged_and_nothing_is_left_undone()
    {
        var spec = Worlds.Plain(6);
        var world = WorldBuilder.Build(spec, 1, Worlds.Start);
        using var rehearsal = new Rehearsal(world, Worlds.Spec(spec, world));
        try
        {
            rehearsal.Drive(TimeSpan.FromHours(3)).Phase.ShouldBe(RunPhase.Succeeded);
        }
        finally
        {
            foreach (var line in rehearsal.Journal())
            {
                output.WriteLine($"{line.At:HH:mm:ss} {line.Kind,-16} {line.Subject,-28} {line.Message}");
            }

            output.WriteLine($"steps {rehearsal.Steps}");
            foreach (var call in world.Log.Records.Where(call => call.Caller == "fleet").GroupBy(call => call.Verb))
            {
                output.WriteLine($"{call.Count(),5} {call.Key}");
            }
        }

        rehearsal.Ledger().ShouldAllBe(entry => entry.Status != LedgerStatus.Open);
        var group = world.Cloud.Groups["workers"];
        (group.Desired, group.Max).ShouldBe((6, 6));
        world.Cloud.Instances.Values.Where(instance => instance.Group == "workers" && instance.State == "running").ShouldAllBe(instance => instance.ImageId == "ami-new");
    }
}
