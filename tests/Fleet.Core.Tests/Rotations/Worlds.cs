using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations;

/// <summary>Small worlds for rehearsals.</summary>
internal static class Worlds
{
    public static readonly DateTimeOffset Start = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    public static WorldSpec Plain(int nodes) => new()
    {
        Name = "plain",
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
        Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) }],
        Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.large" }],
        Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = nodes, Max = nodes }],
        Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 2 * nodes, MilliCpu = 500 }],
        Budgets = [new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "25%" }],
    };

    public static RotationSpec Spec(WorldSpec world, World built, RotationPolicy? policy = null, string image = "ami-new") => new()
    {
        Cluster = new ClusterSpec { Name = "test", Account = built.Cloud.Account, Region = world.Region },
        Pool = new NodePoolSpec { Cluster = "test", Name = "workers", Groups = [.. world.Groups.Select(group => group.Name)], Rotation = policy ?? new RotationPolicy { LoadBalancerWait = TimeSpan.FromSeconds(60) } },
        Target = new Fleet.Core.Rotations.RotationTarget { ImageId = image },
    };
}
