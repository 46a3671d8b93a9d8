using Fleet.Core.Inventory;
using Fleet.Core.Runs;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>At any moment a run that waits says for what: object, limit, value and cure, whatever it waits for.</summary>
public class ReasonTests
{
    public static TheoryData<string> Names() => ["plain", "zonal", "group-per-zone", "stuck", "classes", "paused", "broken-image"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reason_names_object_limit_value_and_cure(string name)
    {
        var (world, policy) = Of(name);
        using var stage = new Stage(world, policy with { LoadBalancerWait = TimeSpan.FromMinutes(2), Checkpoints = [new Checkpoint(50, TimeSpan.FromMinutes(5))] });
        var seen = new Dictionary<string, Reason>();
        stage.Rehearsal.Stepped += run =>
        {
            foreach (var reason in run.Reasons)
            {
                seen[reason.Code] = reason;
            }
        };
        if (name == "paused")
        {
            stage.After(TimeSpan.FromMinutes(3), () => stage.Rehearsal.Ask(RunRequest.Pause));
        }

        stage.Drive();

        seen.ShouldNotBeEmpty();
        seen.Values.Where(reason => string.IsNullOrEmpty(reason.Limit) || string.IsNullOrEmpty(reason.Value) || string.IsNullOrEmpty(reason.Cure) || reason.Object.Length == 0)
            .Select(reason => $"{reason.Code}: limit {reason.Limit ?? "?"}, value {reason.Value ?? "?"}, cure {reason.Cure ?? "?"}").ShouldBeEmpty();
    }

    private static (WorldSpec World, RotationPolicy Policy) Of(string name) => name switch
    {
        "zonal" => (Worlds.Zonal(), new()),
        "group-per-zone" => (Worlds.GroupPerZone(2), new()),
        "stuck" => (Worlds.Stuck(), new()),
        "classes" => (Worlds.Classes(), new()
        {
            DrainRules =
            [
                new DrainRule { Class = DrainClass.WaitForCompletion, MatchLabels = new Dictionary<string, string> { ["app"] = "driver" } },
                new DrainRule { Class = DrainClass.Last, MatchLabels = new Dictionary<string, string> { ["app"] = "database" } },
            ],
        }),
        "broken-image" => (Worlds.Plain(3) with { Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", NeverBoots = true }] }, new()),
        _ => (Worlds.Plain(4), new()),
    };
}
