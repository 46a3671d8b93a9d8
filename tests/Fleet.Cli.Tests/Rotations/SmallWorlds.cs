using Fleet.Simulation.Cloud;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>Worlds that are rotated in a few seconds.</summary>
internal static class SmallWorlds
{
    public const string Old = "ami-00000001";
    public const string New = "ami-00000002";

    /// <summary>The image of machines that never join.</summary>
    public const string Broken = "ami-0000000b";

    /// <summary>The pool's policy: one at a time, without the wait for load balancers that these worlds do not have.</summary>
    public const string Rotation = "{maxSurge: 1, loadBalancerWait: 30s, joinTimeout: 3m}";

    /// <summary>A policy under which a run waits for longer than any test.</summary>
    public const string Patient = "{maxSurge: 1, loadBalancerWait: 0s, admitTimeout: 100h, noProgressTimeout: 100h, totalTimeout: 100h}";

    /// <summary>What a run in <see cref="Stuck"/> says once it has come to the budget.</summary>
    public const string Waits = "waits            poddisruptionbudget shop/stubborn";

    /// <summary>A group <c>workers</c> and a Deployment with a budget that never binds for long.</summary>
    public static WorldSpec Plain(int nodes) => new()
    {
        Name = "plain",
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large", BootMean = TimeSpan.FromSeconds(40), BootDeviation = TimeSpan.FromSeconds(5) }],
        Images =
        [
            new ImageSpec { Id = Old },
            new ImageSpec { Id = New, Age = TimeSpan.FromDays(1) },
            new ImageSpec { Id = Broken, Age = TimeSpan.FromDays(1), NeverBoots = true },
        ],
        Templates = [new TemplateSpec { Name = "workers", ImageId = Old, InstanceType = "m5.large" }],
        Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = nodes }],
        Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 2 * nodes, MilliCpu = 500 }],
        Budgets = [new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "50%" }],
    };

    /// <summary>A budget that permits nothing until it is deleted.</summary>
    public static WorldSpec Stuck() => Plain(2) with
    {
        Name = "stuck",
        Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "stubborn", Namespace = "shop", Replicas = 2, MilliCpu = 200, AntiAffinity = ["kubernetes.io/hostname"] }],
        Budgets = [new BudgetSpec { Name = "stubborn", Workload = "stubborn", Namespace = "shop", MinAvailable = "100%" }],
    };

    /// <summary>Each thing that a plan names: a budget that binds and one that never permits, a pod without owner, a single replica, local data, a job that is waited for, a database that goes last.</summary>
    public static WorldSpec Obstacles() => Plain(4) with
    {
        Name = "obstacles",
        Workloads =
        [
            .. Stuck().Workloads,
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 8, MilliCpu = 100, PreferSpread = ["kubernetes.io/hostname"] },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "lonely", Replicas = 1 },
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "cache", Replicas = 2, EmptyDir = true },
            new WorkloadSpec { Kind = WorkloadKind.Pod, Name = "debug" },
            new WorkloadSpec { Kind = WorkloadKind.Job, Name = "driver", Run = TimeSpan.FromHours(5) },
            new WorkloadSpec { Kind = WorkloadKind.StatefulSet, Name = "database", Replicas = 1, Claims = ["data"] },
            new WorkloadSpec { Kind = WorkloadKind.DaemonSet, Name = "agent", Namespace = "kube-system" },
        ],
        Budgets = [.. Stuck().Budgets, new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "1" }],
    };
}
