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

    /// <summary>A quorum of three with a volume in each zone, and a service of two of which one must stay.</summary>
    public static WorldSpec Zonal() => Plain(6) with
    {
        Name = "zonal",
        Workloads =
        [
            new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "etcd", Replicas = 3, MilliCpu = 500, Claims = ["data"], Spread = ["topology.kubernetes.io/zone"], AntiAffinity = ["kubernetes.io/hostname"] },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "api", Replicas = 2, MilliCpu = 1000, AntiAffinity = ["kubernetes.io/hostname"] },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 6, MilliCpu = 500 },
            new WorkloadSpec { Kind = WorkloadKind.DaemonSet, Name = "agent", MilliCpu = 50 },
        ],
        Budgets =
        [
            new BudgetSpec { Name = "etcd", Workload = "etcd", MinAvailable = "2" },
            new BudgetSpec { Name = "api", Workload = "api", MinAvailable = "1" },
            new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "25%" },
        ],
    };

    /// <summary>One group in each of three zones.</summary>
    public static WorldSpec GroupPerZone(int nodes) => Plain(3 * nodes) with
    {
        Name = "group-per-zone",
        Groups = [.. "abc".Select(zone => new GroupSpec { Name = $"workers-{zone}", Template = "workers", Zones = [$"eu-central-1{zone}"], Desired = nodes, Max = nodes })],
    };

    /// <summary>A budget that permits nothing, for ever.</summary>
    public static WorldSpec Stuck()
    {
        var plain = Plain(4);
        return plain with
        {
            Name = "stuck",
            Workloads = [.. plain.Workloads, new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "stubborn", Replicas = 2, MilliCpu = 200, AntiAffinity = ["kubernetes.io/hostname"] }],
            Budgets = [.. plain.Budgets, new BudgetSpec { Name = "stubborn", Workload = "stubborn", MinAvailable = "100%" }],
        };
    }

    /// <summary>A database that goes last and drivers that are waited for.</summary>
    public static WorldSpec Classes()
    {
        var plain = Plain(4);
        return plain with
        {
            Name = "classes",
            Workloads =
            [
                .. plain.Workloads,
                new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "database", Replicas = 2, MilliCpu = 500, AntiAffinity = ["kubernetes.io/hostname"], Claims = ["data"] },
                new WorkloadSpec { Kind = WorkloadKind.Job, Name = "driver", Replicas = 1, MilliCpu = 500, Run = TimeSpan.FromMinutes(25) },
            ],
            Budgets = [.. plain.Budgets, new BudgetSpec { Name = "database", Workload = "database", MaxUnavailable = "1" }],
        };
    }

    /// <summary>Six full nodes: a pod that leaves an old one fits on a new one only, so that a run moves each pod once whatever its timing.</summary>
    public static WorldSpec Full() => Plain(6) with
    {
        Name = "full",
        Workloads =
        [
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 6, MilliCpu = 1900 },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "api", Replicas = 4, MilliCpu = 1900 },
            new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "queue", Replicas = 2, MilliCpu = 1900 },
            new WorkloadSpec { Kind = WorkloadKind.DaemonSet, Name = "agent", MilliCpu = 50 },
        ],
        Budgets =
        [
            new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "25%" },
            new BudgetSpec { Name = "api", Workload = "api", MinAvailable = "3" },
        ],
    };

    public static RotationSpec Spec(WorldSpec world, World built, RotationPolicy? policy = null, string image = "ami-new") => new()
    {
        Cluster = new ClusterSpec { Name = "test", Account = built.Cloud.Account, Region = world.Region },
        Pool = new NodePoolSpec { Cluster = "test", Name = "workers", Groups = [.. world.Groups.Select(group => group.Name)], Rotation = policy ?? new RotationPolicy { LoadBalancerWait = TimeSpan.FromSeconds(60) } },
        Target = new Fleet.Core.Rotations.RotationTarget { ImageId = image },
    };
}
