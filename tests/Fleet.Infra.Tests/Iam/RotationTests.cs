using System.Collections.Immutable;
using Fleet.Aws;
using Fleet.Aws.Tests;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Core.Runs;
using Fleet.Sandbox.Host;
using Fleet.Simulation;
using Fleet.Simulation.Calls;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Rehearsals;
using Fleet.Simulation.Worlds;
using RotationTarget = Fleet.Core.Rotations.RotationTarget;

namespace Fleet.Infra.Tests.Iam;

public sealed class RotationTests
{
    private const int Nodes = 9;

    [Fact]
    public async Task A_rotation_with_failed_launches_needs_nothing_that_the_policy_does_not_allow()
    {
        var world = Build();
        RoleStage.Mark(world, ["workers"]);
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = world, Wall = new StoppedTime(), Roles = [await RoleStage.RoleAsync()] });
        var options = new AwsOptions
        {
            Region = "eu-central-1",
            Endpoint = host.AwsEndpoint,
            AccessKeyId = "fleet",
            SecretAccessKey = "not-a-secret",
            RoleArn = "arn:aws:iam::123456789012:role/fleet-stage",
            ExternalId = RoleStage.ExternalId,
        };
        using var account = new AwsAccount(options, new FastTime());

        await Task.Run(() => Rotate(world, ports => ports with
        {
            Groups = Awaited.Of(account.Groups),
            Templates = Awaited.Of(account.Templates),
            Images = Awaited.Of(account.Images),
            Instances = Awaited.Of(account.Instances),
        }));

        var calls = world.Log.Records.Where(call => call is { Api: Api.Aws, Caller: "role/fleet-stage" }).ToList();
        calls.ShouldAllBe(call => call.Answer != 403);
        calls.Select(call => call.Verb).ShouldContain("GetConsoleOutput", "a launch that never joins is looked into");
        calls.Count(call => call.Verb == "TerminateInstanceInAutoScalingGroup").ShouldBeGreaterThanOrEqualTo(Nodes);
    }

    private static void Rotate(World world, Func<RotationPorts, RotationPorts> wrap)
    {
        var pool = new NodePoolSpec { Cluster = "stage", Name = "workers", Groups = ["workers"], Rotation = new RotationPolicy { MaxSurge = CountOrPercent.Count(3) } };
        var spec = new RotationSpec { Cluster = new ClusterSpec { Name = "stage", Account = world.Cloud.Account, Region = world.Cloud.Region }, Pool = pool, Target = new RotationTarget { ImageId = "ami-new" } };
        using var rehearsal = new Rehearsal(world, spec, new RehearsalOptions { Wrap = wrap });
        var run = rehearsal.Drive(TimeSpan.FromHours(12));
        run.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", run.Reasons.Select(reason => reason.Sentence)));
        world.Cloud.Members("workers").Count(instance => instance.ImageId == "ami-new").ShouldBe(Nodes);
    }

    private static World Build() => WorldBuilder.Build(
        new WorldSpec
        {
            Name = "stage",
            InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
            Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) }],
            Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.large" }],
            Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = Nodes, Max = Nodes }],
            Workloads = [.. Enumerable.Range(0, 3).Select(number => new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = $"app-{number}", Replicas = 6 }).ToImmutableArray()],
            Faults = new FaultSpec { NeverBoots = [2] },
        },
        seed: 5,
        new DateTimeOffset(2026, 3, 10, 2, 0, 0, TimeSpan.Zero));
}
