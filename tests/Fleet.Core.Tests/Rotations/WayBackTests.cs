using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Rehearsals;

namespace Fleet.Core.Tests.Rotations;

/// <summary>A pool that goes back to its last good template version.</summary>
public class WayBackTests
{
    [Fact]
    public async Task A_mixture_goes_back_to_what_was_good_and_no_version_is_written()
    {
        using var stage = new Stage(Worlds.Plain(4));
        stage.DriveUntil(state => state.CanaryPassed);
        stage.Rehearsal.Ask(RunRequest.Cancel);
        stage.Drive().ShouldBe(RunPhase.Cancelled);
        var versions = stage.World.Cloud.Templates.Values.Sum(template => template.Versions.Count);
        Images(stage).Distinct().Order(StringComparer.Ordinal).ShouldBe(["ami-new", "ami-old"]);

        var target = new RotationTarget { LastGood = ImmutableSortedDictionary<string, long>.Empty.Add("workers", 1) };
        using var back = new Rehearsal(stage.World, stage.Spec with { Target = target });
        back.Drive(TimeSpan.FromHours(30)).Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", back.Run.Reasons.Select(reason => reason.Sentence)));

        Images(stage).ShouldBe(["ami-old", "ami-old", "ami-old", "ami-old"]);
        stage.World.Cloud.Groups["workers"].TemplateVersion.ShouldBe("1");
        stage.World.Cloud.Templates.Values.Sum(template => template.Versions.Count).ShouldBe(versions);
        var status = await ((IInventoryStore)back.Store).StatusAsync(stage.Spec.Pool.Cluster, stage.Spec.Pool.Name, CancellationToken.None);
        status.LastGood["workers"].ShouldEndWith(":1");
    }

    private static List<string> Images(Stage stage) => [.. stage.World.Cloud.Members("workers").Where(one => one.Lifecycle == LifecycleState.InService).Select(one => one.ImageId)];
}
