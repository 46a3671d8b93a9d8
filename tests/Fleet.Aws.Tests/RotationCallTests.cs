using System.Collections.Immutable;
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

namespace Fleet.Aws.Tests;

/// <summary>What a rehearsal charges for a rotation's port calls is what the adapter sends: the same rotation of the same world, once on the world itself and once through Fleet.Aws over TCP.</summary>
public sealed class RotationCallTests
{
    private const int Nodes = 100;

    [Fact]
    public async Task A_rotation_of_100_nodes_makes_the_same_calls_in_a_rehearsal_and_over_the_wire()
    {
        var rehearsed = Build();
        Rotate(rehearsed, ports => ports);

        var served = Build();
        await using var host = await SandboxHost.StartAsync(new SandboxOptions { World = served, Wall = new StoppedTime() });
        using var account = new AwsAccount(new AwsOptions { Region = "eu-central-1", Endpoint = host.AwsEndpoint, AccessKeyId = "fleet", SecretAccessKey = "not-a-secret" }, new FastTime());
        await Task.Run(() => Rotate(served, ports => ports with
        {
            Groups = Awaited.Of(account.Groups),
            Templates = Awaited.Of(account.Templates),
            Images = Awaited.Of(account.Images),
            Instances = Awaited.Of(account.Instances),
        }));

        var (charged, sent) = (CallsOf(rehearsed), CallsOf(served));
        Counts(sent).ShouldBe(Counts(charged));
        sent.ShouldBe(charged);
        sent.Count.ShouldBeLessThanOrEqualTo(3 * Nodes);
        sent.Count(call => call.Verb == "TerminateInstanceInAutoScalingGroup").ShouldBeGreaterThanOrEqualTo(Nodes);
    }

    private static void Rotate(World world, Func<RotationPorts, RotationPorts> wrap)
    {
        var pool = new NodePoolSpec { Cluster = "wide", Name = "workers", Groups = ["workers"], Rotation = new RotationPolicy { MaxSurge = CountOrPercent.Count(10) } };
        var spec = new RotationSpec { Cluster = new ClusterSpec { Name = "wide", Account = world.Cloud.Account, Region = world.Cloud.Region }, Pool = pool, Target = new RotationTarget { ImageId = "ami-new" } };
        using var rehearsal = new Rehearsal(world, spec, new RehearsalOptions { Wrap = wrap });
        var run = rehearsal.Drive(TimeSpan.FromHours(24));
        run.Phase.ShouldBe(RunPhase.Succeeded, string.Join("; ", run.Reasons.Select(reason => reason.Sentence)));
        world.Cloud.Members("workers").Count(instance => instance.ImageId == "ami-new").ShouldBe(Nodes);
    }

    private static IReadOnlyList<(string Verb, string Subject, int Answer)> CallsOf(World world) =>
        [.. world.Log.Records.Where(call => call is { Api: Api.Aws, Caller: "fleet" }).Select(call => (call.Verb, call.Subject, call.Answer))];

    private static IEnumerable<(string Verb, int Count)> Counts(IReadOnlyList<(string Verb, string Subject, int Answer)> calls) =>
        calls.GroupBy(call => call.Verb).Select(verb => (verb.Key, verb.Count())).Order();

    private static World Build()
    {
        var apps = Enumerable.Range(0, 10).Select(number => $"app-{number}").ToImmutableArray();
        var spec = new WorldSpec
        {
            Name = "wide",
            InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
            Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) }],
            Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.large" }],
            Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = Nodes, Max = Nodes }],
            Workloads = [.. apps.Select(name => new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = name, Replicas = 40 })],
            Budgets = [.. apps.Select(name => new BudgetSpec { Name = name, Workload = name, MaxUnavailable = "20%" })],

            // Launches that fail belong to the picture: they are what activities, console output and repetitions are asked for.
            Faults = new FaultSpec { NeverBoots = [4] },
        };
        return WorldBuilder.Build(spec, seed: 5, new DateTimeOffset(2026, 3, 10, 2, 0, 0, TimeSpan.Zero));
    }
}
