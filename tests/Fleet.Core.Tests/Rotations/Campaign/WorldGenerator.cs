using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Simulation.Worlds;

namespace Fleet.Core.Tests.Rotations.Campaign;

/// <summary>Draws worlds: 2 to 14 nodes, 1 to 3 zones, 1 to 3 groups, workloads of all kinds with and without budgets.</summary>
internal static class WorldGenerator
{
    private const int NodeMilliCpu = 4000;

    public static RandomWorld Draw(int seed)
    {
        var chance = new Random(seed);
        var nodes = chance.Next(2, 15);
        var zones = "abc"[..chance.Next(1, 4)].Select(zone => $"eu-central-1{zone}").ToImmutableArray();
        var groups = Groups(chance, nodes, zones);
        var policy = Policy(chance);
        var (workloads, budgets) = Workloads(chance, nodes, zones.Length);
        var faults = new FaultDraw(chance, ~seed, zones, groups, workloads, budgets);
        workloads = faults.Workloads();
        var force = faults.Force();
        var (detach, cut) = (faults.Detach(), faults.CutLate());
        var world = new RandomWorld
        {
            Seed = seed,
            World = new WorldSpec
            {
                Name = $"random-{seed}",
                Zones = zones,
                InstanceTypes = [new Fleet.Simulation.Cloud.NodeProfile { InstanceType = "m5.large", StartupTaints = faults.StartupTaints() }],
                Images = [new ImageSpec { Id = "ami-old" }, faults.Image(new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) })],
                Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.large" }],
                Groups = groups,
                Workloads = workloads,
                Budgets = budgets,
                ReuseAddresses = chance.Next(4) == 0,
                Faults = faults.Spec(),
            },
            Policy = force is null ? policy : policy with { OnDrainTimeout = DrainTimeoutAction.Force },
            ForceUntil = force,
            Events = faults.Events(),
            CrashAt = faults.Crash(),
            Detach = detach,
            CutLate = cut,
            Faults = [],
        };
        world = world with { Absence = faults.Absence(world.CrashAt), MeddledDesired = faults.MeddledDesired(), MeddledMax = faults.MeddledMax() };
        if (faults.ReusedName() is var number && number > 0)
        {
            world = world with { ReusedName = number, Absence = TimeSpan.FromMinutes(6), World = world.World with { ReuseAddresses = true } };
        }

        return MaintenanceDraw.Into(world with { Faults = faults.Names });
    }

    private static ImmutableArray<GroupSpec> Groups(Random chance, int nodes, ImmutableArray<string> zones)
    {
        var count = chance.Next(3) == 0 ? Math.Min(zones.Length, nodes) : 1;
        return
        [
            .. Enumerable.Range(0, count).Select(index =>
            {
                var desired = (nodes / count) + (index < nodes % count ? 1 : 0);
                return new GroupSpec
                {
                    Name = $"workers-{index}",
                    Template = "workers",
                    Zones = count == 1 ? zones : [zones[index]],
                    Desired = desired,
                    Min = chance.Next(3) == 0 ? Math.Max(0, desired - 1) : 0,
                    Max = desired + (chance.Next(2) == 0 ? 0 : chance.Next(1, 5)),
                    Protected = chance.Next(8) == 0,
                    Suspended = chance.Next(8) == 0 ? ["AZRebalance"] : [],
                };
            }),
        ];
    }

    private static RotationPolicy Policy(Random chance)
    {
        var surge = chance.Next(5) == 0 ? CountOrPercent.Count(0) : chance.Next(2) == 0 ? CountOrPercent.Count(chance.Next(1, 4)) : CountOrPercent.Percent(chance.Next(10, 60));
        var none = surge is { IsPercent: false, Value: 0 };
        return new RotationPolicy
        {
            MaxSurge = surge,
            MaxUnavailable = CountOrPercent.Count(none ? chance.Next(1, 3) : chance.Next(3) == 0 ? 1 : 0),
            LoadBalancerWait = TimeSpan.FromSeconds(chance.Next(0, 4) * 30),
            OnDrainTimeout = chance.Next(2) == 0 ? DrainTimeoutAction.Stop : DrainTimeoutAction.Quarantine,
            DeleteEmptyDirData = chance.Next(3) > 0,
            Checkpoints = chance.Next(8) == 0 ? [new Checkpoint(50, TimeSpan.FromMinutes(10))] : [],
            DrainRules = chance.Next(6) switch
            {
                0 => [new DrainRule { Class = DrainClass.Last, MatchLabels = new Dictionary<string, string> { ["app"] = "workload-0" } }],
                1 => [new DrainRule { Class = DrainClass.WaitForCompletion, MatchLabels = new Dictionary<string, string> { ["app"] = "job" } }],
                2 => [new DrainRule { Class = DrainClass.WaitForCompletion, MatchLabels = new Dictionary<string, string> { ["app"] = "bare" } }],
                _ => [],
            },
        };
    }

    private static (ImmutableArray<WorkloadSpec> Workloads, ImmutableArray<BudgetSpec> Budgets) Workloads(Random chance, int nodes, int zones)
    {
        var workloads = ImmutableArray.CreateBuilder<WorkloadSpec>();
        var budgets = ImmutableArray.CreateBuilder<BudgetSpec>();
        var left = nodes * NodeMilliCpu * 6 / 10;
        for (var index = 0; index < chance.Next(2, 6) && left > 500; index++)
        {
            var drawn = Workload(chance, $"workload-{index}", nodes, zones, left);
            workloads.Add(drawn);
            left -= (int)drawn.MilliCpu * drawn.Replicas;
            if (chance.Next(3) > 0)
            {
                budgets.Add(Budget(chance, drawn));
            }
        }

        workloads.Add(new WorkloadSpec { Kind = WorkloadKind.DaemonSet, Name = "agent", MilliCpu = 50 });
        if (chance.Next(3) == 0)
        {
            workloads.Add(new WorkloadSpec { Kind = WorkloadKind.Job, Name = "job", Replicas = chance.Next(1, 3), MilliCpu = 200, Run = TimeSpan.FromMinutes(chance.Next(3, 40)) });
        }

        return (workloads.ToImmutable(), budgets.ToImmutable());
    }

    private static WorkloadSpec Workload(Random chance, string name, int nodes, int zones, int left)
    {
        var stateful = chance.Next(3) == 0;
        var cpu = chance.Next(1, 8) * 100;
        var replicas = Math.Max(1, Math.Min(stateful ? chance.Next(1, 4) : chance.Next(1, 2 * nodes), left / cpu));
        var apart = replicas <= nodes && chance.Next(4) == 0;
        return new WorkloadSpec
        {
            Kind = stateful ? WorkloadKind.StatefulSet : WorkloadKind.Deployment,
            Name = name,
            Replicas = replicas,
            MilliCpu = cpu,
            Grace = TimeSpan.FromSeconds(chance.Next(5, 90)),
            Stop = TimeSpan.FromSeconds(chance.Next(1, 40)),
            Ready = TimeSpan.FromSeconds(chance.Next(5, 60)),
            AntiAffinity = apart ? ["kubernetes.io/hostname"] : [],
            Spread = !apart && zones > 1 && chance.Next(5) == 0 ? ["topology.kubernetes.io/zone"] : [],
            PreferSpread = chance.Next(3) == 0 ? ["topology.kubernetes.io/zone"] : [],
            Claims = stateful && chance.Next(2) == 0 ? ["data"] : [],
        };
    }

    private static BudgetSpec Budget(Random chance, WorkloadSpec workload)
    {
        var budget = new BudgetSpec { Name = workload.Name, Workload = workload.Name, UnhealthyPodEvictionPolicy = chance.Next(3) == 0 ? "AlwaysAllow" : null };
        return chance.Next(10) switch
        {
            0 => budget with { MinAvailable = $"{workload.Replicas}" },
            < 4 => budget with { MinAvailable = $"{Math.Max(0, workload.Replicas - chance.Next(1, 3))}" },
            < 7 => budget with { MaxUnavailable = $"{chance.Next(1, 3)}" },
            _ => budget with { MaxUnavailable = $"{chance.Next(10, 50)}%" },
        };
    }
}
