using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Worlds;

namespace Fleet.Benchmarks;

/// <summary>Three zones, thirty pods a node, stateless Deployments of 150 pods with budgets of 10 %, a surge of 10 % as a number, all waits at their defaults.</summary>
internal static class ScenarioB
{
    public const int PodsPerNode = 30;
    private const int PodsPerDeployment = 150;

    public static readonly DateTimeOffset Start = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    public static World Build(int nodes, int seed)
    {
        var deployments = Enumerable.Range(0, Math.Max(1, nodes * PodsPerNode / PodsPerDeployment)).Select(index => $"app-{index:000}").ToImmutableArray();
        return WorldBuilder.Build(
            new WorldSpec
            {
                Name = "scenario-b",
                InstanceTypes = [new NodeProfile { InstanceType = "m5.2xlarge", Allocatable = new Resources(8000, 32L << 30, 58) }],
                Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) }],
                Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.2xlarge" }],
                Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = nodes, Max = nodes }],
                Workloads = [.. deployments.Select(name => new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = name, Replicas = PodsPerDeployment, MilliCpu = 200, MemoryMiB = 512 })],
                Budgets = [.. deployments.Select(name => new BudgetSpec { Name = name, Workload = name, MaxUnavailable = "10%" })],
            },
            seed,
            Start);
    }

    public static RotationSpec Rotation(World world, int nodes) => new()
    {
        Cluster = new ClusterSpec { Name = "scenario-b", Account = world.Cloud.Account, Region = world.Cloud.Region },
        Pool = new NodePoolSpec
        {
            Cluster = "scenario-b",
            Name = "workers",
            Groups = ["workers"],
            Rotation = new RotationPolicy { MaxSurge = CountOrPercent.Count(Math.Max(1, nodes / 10)) },
        },
        Target = new Fleet.Core.Rotations.RotationTarget { ImageId = "ami-new" },
    };
}
