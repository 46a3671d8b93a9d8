using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Inventory.Pools;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Core.Templates;
using Fleet.Core.Tests.Rotations.Crash;
using Fleet.Simulation.Cloud;

namespace Fleet.Core.Tests.Rotations;

/// <summary>A pool that declares what its machines are made from besides the image.</summary>
public class DeclaredTemplateTests
{
    private static readonly TemplateSpec Declared = new() { RootVolume = new() { SizeGiB = 60 }, InstanceProfile = "workers", Tags = new Dictionary<string, string> { ["team"] = "core" } };

    [Fact]
    public void A_pool_that_differs_in_its_template_alone_is_exchanged_for_one_new_version()
    {
        using var stage = new Stage(Worlds.Plain(3), adapt: spec => Declaring(spec, "ami-old"));

        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        var template = stage.World.Cloud.Templates.Values.Single();
        template.Latest.ShouldBe(2);
        stage.World.Cloud.Members("workers").Where(one => one.Lifecycle == LifecycleState.InService).ShouldAllBe(one => one.TemplateVersion == 2);
        var data = template.Versions[2].Data;
        ((string?)data["ImageId"], (string?)data["InstanceType"], (string?)data["IamInstanceProfile"]!["Name"]).ShouldBe(("ami-old", "m5.large", "workers"));
        JsonNode.DeepEquals(data["MetadataOptions"], JsonNode.Parse("""{"HttpTokens":"required","HttpPutResponseHopLimit":1}""")).ShouldBeTrue();
        template.Versions[2].TagsFor("instance").ShouldBe([new("team", "core")]);
    }

    [Fact]
    public void Where_all_of_it_is_there_already_no_version_is_written()
    {
        using var stage = new Stage(Worlds.Plain(3), adapt: spec => Declaring(spec, "ami-old"));
        stage.Drive().ShouldBe(RunPhase.Succeeded, stage.Why);

        using var again = new Simulation.Rehearsals.Rehearsal(stage.World, stage.Spec);
        again.Drive(TimeSpan.FromHours(1)).Phase.ShouldBe(RunPhase.Succeeded);

        stage.World.Cloud.Templates.Values.Single().Latest.ShouldBe(2);
        stage.World.Cloud.Instances.Count.ShouldBe(stage.World.Cloud.Instances.Values.Count(one => one.TemplateVersion is 1 or 2));
    }

    [Fact]
    public void A_version_that_came_out_otherwise_stops_the_run_before_any_node_goes()
    {
        using var stage = new Stage(Worlds.Plain(3), adapt: spec => Declaring(spec, "ami-new"));
        stage.World.Faults.Add(call =>
        {
            if (call is { Caller: "fleet", Verb: "CreateLaunchTemplateVersion", Writes: true })
            {
                // What stands in for the source's data while AWS copies it.
                stage.World.Cloud.Templates.Values.Single().Versions[1].Data["EbsOptimized"] = true;
            }

            return null;
        });

        stage.Drive().ShouldBe(RunPhase.Stopped, stage.Why);

        stage.Why.ShouldContain("EbsOptimized was added");
        stage.World.Cloud.Members("workers").ShouldAllBe(one => one.TemplateVersion == 1);
    }

    [Fact]
    public void A_run_that_is_killed_while_it_writes_the_version_writes_one()
    {
        var counting = new CrashPoint(0);
        var calm = Ran(counting);
        calm.Phase.ShouldBe(RunPhase.Succeeded);
        // The version is written among the first crossings; the rest is every rotation's.
        Campaigns.Check(Campaigns.Points(Math.Min(40, counting.Crossings), 3), point =>
        {
            var crash = new CrashPoint(point);
            return Ran(crash).Beyond(calm).Select(what => $"killed {crash.Where} (point {point}): {what}");
        });
    }

    private static Ending Ran(CrashPoint point)
    {
        using var stage = KilledRun.Prepare(point, new RotationPolicy { LoadBalancerWait = TimeSpan.FromSeconds(60), MaxSurge = CountOrPercent.Count(2) }, spec => Declaring(spec, "ami-new"));
        KilledRun.Drive(stage, point, TimeSpan.FromSeconds(20));
        return Ending.Of(stage.World, stage.Rehearsal.Run.Phase, stage.Rehearsal.Ledger());
    }

    private static RotationSpec Declaring(RotationSpec spec, string image)
    {
        var pool = spec.Pool with { Template = Declared };
        return spec with { Pool = pool, Target = new() { ImageId = image, Declared = TemplateChanges.Of(spec.Cluster, pool, image, "/dev/xvda") } };
    }
}
