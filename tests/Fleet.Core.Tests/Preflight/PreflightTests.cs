using Fleet.Core.Inventory;
using Fleet.Core.Rotations.Preflight;
using Fleet.Core.Tests.Rotations;
using Fleet.Simulation;
using Fleet.Simulation.Ports;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Storage;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Preflight;

/// <summary>A rotation that may not start is refused with all reasons at once, and nothing is written.</summary>
public class PreflightTests
{
    private static readonly WorldSpec Plain = Worlds.Plain(4);

    [Fact]
    public async Task A_sound_request_passes_and_plans_every_outdated_node()
    {
        var (result, _) = await CheckAsync(Plain);
        result.Problems.ShouldBeEmpty();
        result.Plan!.Nodes.Length.ShouldBe(4);
        result.Plan.Nodes[0].Remark.ShouldBe("canary");
        result.Plan.Changes.ShouldContain(change => change.Contains("with ami-new (was ami-old)"));
        result.Plan.Forecast.LowerBound.ShouldBeGreaterThan(TimeSpan.FromMinutes(4));
        result.Plan.Forecast.Expected.ShouldBeGreaterThanOrEqualTo(result.Plan.Forecast.LowerBound);
    }

    [Fact]
    public async Task A_pool_that_is_current_has_nothing_to_plan()
    {
        var (result, _) = await CheckAsync(Plain, request => request with { Image = "ami-old" });
        result.Plan!.Nodes.ShouldBeEmpty();
        result.Plan.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task Instances_of_an_age_are_planned_whatever_they_run()
    {
        var (young, _) = await CheckAsync(Plain, request => request with { Image = "ami-old", OlderThan = TimeSpan.FromDays(14), Now = Worlds.Start });
        young.Plan!.Nodes.ShouldBeEmpty();

        var (old, _) = await CheckAsync(Plain, request => request with { Image = "ami-old", OlderThan = TimeSpan.FromDays(14), Now = Worlds.Start.AddDays(20) });
        old.Plan!.Nodes.Select(node => node.Remark).ShouldBe(["canary; older than 14d", "older than 14d", "older than 14d", "older than 14d"]);
        old.Spec!.TooOld!.Instances.ShouldBe(old.Plan.Nodes.Select(node => node.InstanceId), ignoreOrder: true);
    }

    [Theory]
    [InlineData("wrong-account")]
    [InlineData("wrong-cluster")]
    [InlineData("group-missing")]
    [InlineData("group-in-two-pools")]
    [InlineData("image-missing")]
    [InlineData("image-architecture")]
    [InlineData("template-version-missing")]
    [InlineData("no-target")]
    [InlineData("no-width")]
    [InlineData("out-of-range")]
    public async Task Bad_input_is_named(string code)
    {
        var (result, world) = await CheckAsync(Plain, request => code switch
        {
            "wrong-account" => request with { Cluster = request.Cluster with { Account = "999999999999" } },
            "wrong-cluster" => request with { Cluster = request.Cluster with { KubeSystemUid = "another" } },
            "group-missing" => request with { Pool = request.Pool with { Groups = ["workers", "absent"] } },
            "group-in-two-pools" => request with { OtherPools = [request.Pool with { Name = "twin" }] },
            "image-missing" => request with { Image = "ami-absent" },
            "image-architecture" => request with { Image = "ami-arm" },
            "template-version-missing" => request with { Image = null, TemplateVersion = 42 },
            "no-target" => request with { Image = null },
            "no-width" => request with { Pool = request.Pool with { Rotation = new() { MaxSurge = CountOrPercent.Count(0) } } },
            _ => request with { Pool = request.Pool with { Rotation = new() { MaxSurge = CountOrPercent.Percent(150) } } },
        });
        Refused(result, world).ShouldContain(code);
    }

    [Theory]
    [InlineData("group-feature")]
    [InlineData("foreign-owner")]
    [InlineData("process-suspended")]
    [InlineData("no-template")]
    public async Task A_group_that_is_not_Fleets_to_change_is_refused(string code)
    {
        var group = Plain.Groups[0];
        var (result, world) = await CheckAsync(Plain with
        {
            Groups = [code switch
            {
                "group-feature" => group with { WarmPool = true, LifecycleHooks = ["drain"], HealthCheckType = "ELB" },
                "foreign-owner" => group with { Tags = group.Tags.Add("eks:nodegroup-name", "workers") },
                "process-suspended" => group,
                _ => group,
            }],
        }, null, built =>
        {
            if (code == "process-suspended")
            {
                new Simulation.Cloud.CloudApi(built, "somebody").SuspendProcesses("workers", ["Launch"]);
            }

            if (code == "no-template")
            {
                built.Cloud.Put(built.Cloud.Groups["workers"] with { TemplateId = null });
            }
        });
        Refused(result, world).ShouldContain(code);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
    {
        var (result, world) = await CheckAsync(Plain, request => request with
        {
            Cluster = request.Cluster with { Account = "999999999999" },
            Image = "ami-absent",
            Pool = request.Pool with { Rotation = new() { MaxSurge = CountOrPercent.Count(0) } },
        });
        Refused(result, world).ShouldBe(["no-width", "wrong-account", "image-missing"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_missing_permission_is_named_by_its_action()
    {
        var (result, world) = await CheckAsync(Plain, null, built => built.Faults.Deny("DescribeAutoScalingGroups"));
        Refused(result, world).ShouldContain("aws-denied");
        result.Problems.ShouldContain(problem => problem.Sentence.Contains("autoscaling:DescribeAutoScalingGroups"));
    }

    [Fact]
    public async Task Every_permission_that_is_missing_is_named_before_anything_is_written()
    {
        var (result, world) = await CheckAsync(Plain, null, built =>
        {
            foreach (var verb in new[] { "list pods", "patch nodes", "create pods/eviction", "update leases.coordination.k8s.io", "CreateLaunchTemplateVersion" })
            {
                built.Faults.Deny(verb);
            }
        });

        Refused(result, world).ShouldBe(["permission-missing"]);
        result.Problems.Select(problem => problem.Limit).ShouldBe(
            ["list pods", "patch nodes", "create pods/eviction", "update leases.coordination.k8s.io in namespace kube-system", "permission ec2:CreateLaunchTemplateVersion"]);
    }

    [Fact]
    public async Task To_delete_pods_past_budgets_a_run_needs_the_permission_and_others_do_not()
    {
        static void Deny(World world) => world.Faults.Deny("delete pods");
        (await CheckAsync(Plain, null, Deny)).Result.Problems.ShouldBeEmpty();

        var (result, world) = await CheckAsync(Plain, request => request with { ForceUntil = Worlds.Start.AddHours(1) }, Deny);
        Refused(result, world).ShouldBe(["permission-missing"]);
    }

    [Fact]
    public async Task A_rotation_that_writes_no_template_version_needs_no_permission_for_it()
    {
        var (result, _) = await CheckAsync(Plain, request => request with { Image = null, TemplateVersion = 1 }, built => built.Faults.Deny("CreateLaunchTemplateVersion"));
        result.Problems.ShouldBeEmpty();
    }

    private static List<string> Refused(PreflightResult result, World world)
    {
        result.Passed.ShouldBeFalse();
        result.Spec.ShouldBeNull();
        world.Log.Records.Where(call => call.Caller == "fleet" && call.Writes).ShouldBeEmpty();
        result.Problems.ShouldAllBe(problem => problem.Cure != null);
        return [.. result.Problems.Select(problem => problem.Code).Distinct()];
    }

    private static async Task<(PreflightResult Result, World World)> CheckAsync(WorldSpec spec, Func<RotationRequest, RotationRequest>? change = null, Action<World>? before = null)
    {
        spec = spec with { Images = spec.Images.Add(new ImageSpec { Id = "ami-arm", Architecture = "arm64" }) };
        var world = WorldBuilder.Build(spec, 1, Worlds.Start);
        before?.Invoke(world);
        using var cluster = new SimulatedCluster(world);
        var rotation = Worlds.Spec(spec, world);
        var request = new RotationRequest { Cluster = rotation.Cluster, Pool = rotation.Pool, Image = "ami-new" };
        return (await RotationPreflight.RunAsync(SimulatedPorts.Of(world, cluster, new MemoryStore()), change?.Invoke(request) ?? request, CancellationToken.None), world);
    }
}
