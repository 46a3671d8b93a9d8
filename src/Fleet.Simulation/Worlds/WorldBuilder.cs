using System.Collections.Immutable;
using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Worlds;

/// <summary>Makes a world from its description: at the start every instance is in service, every node Ready and every pod placed and Ready, as in a cluster that has run for a while.</summary>
public static class WorldBuilder
{
    private static readonly TimeSpan Past = TimeSpan.FromHours(2);
    private static readonly TimeSpan JobsBegin = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan UnreadyBegins = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Forever = TimeSpan.FromDays(3650);

    /// <summary>Builds a world.</summary>
    /// <param name="spec">What there is.</param>
    /// <param name="seed">Seed of all chance.</param>
    /// <param name="start">The present instant of the finished world.</param>
    /// <exception cref="WorldNotSettledException">The world does not come to rest: a pod that fits nowhere, for instance.</exception>
    public static World Build(WorldSpec spec, int seed, DateTimeOffset start)
    {
        var world = new World(start - Past, seed);
        lock (world.Gate)
        {
            Furnish(world, spec);
            var nodes = spec.Groups.Sum(group => group.Desired);
            RunUntil(world, start - UnreadyBegins, () => world.Cluster.Nodes.Objects.Count(node => node.Ready == true && node.Taints.All(taint => taint.Effect != "NoSchedule" || IsLasting(spec, taint))) == nodes,
                () => $"{nodes} nodes wanted, {world.Cluster.Nodes.Objects.Count(node => node.Ready == true)} Ready");
            foreach (var workload in spec.Workloads.Where(workload => workload.Kind != WorkloadKind.Job))
            {
                WorkloadMaker.Make(world, workload);
            }

            foreach (var budget in spec.Budgets)
            {
                WorkloadMaker.Make(world, budget);
            }

            RunUntil(world, start - UnreadyBegins, () => PodsRest(world, spec), () => Restless(world, spec));
            world.Timeline.RunUntil(start - UnreadyBegins);
            FaultMaker.KeepUnready(world, spec, start, UnreadyBegins);
            world.Timeline.RunUntil(start - JobsBegin);
            foreach (var job in spec.Workloads.Where(workload => workload.Kind == WorkloadKind.Job))
            {
                WorkloadMaker.Make(world, job);
            }

            world.Timeline.RunUntil(start);
            FaultMaker.Arm(world, spec, start, Forever);
        }

        return world;
    }

    private static void Furnish(World world, WorldSpec spec)
    {
        var cloud = world.Cloud;
        cloud.Region = spec.Region;
        cloud.Zones = spec.Zones;
        cloud.Addresses.Reuse = spec.ReuseAddresses;
        world.Cluster.Timings = world.Cluster.Timings with { LoadBalancer = spec.LoadBalancerDelay };
        foreach (var profile in spec.InstanceTypes)
        {
            cloud.Put(profile);
        }

        foreach (var image in spec.Images)
        {
            cloud.Put(new Image
            {
                Id = image.Id,
                Name = image.Name ?? image.Id,
                Owner = cloud.Account,
                Architecture = image.Architecture,
                Created = world.Now + Past - image.Age,
                KubeletVersion = image.Kubelet,
                Tags = image.Tags,
                RootDevice = image.RootDevice,
                NeverBoots = image.NeverBoots,
                NeverReady = image.NeverReady,
            });
        }

        WorkloadMaker.MakeApiServers(world.Cluster, spec.ApiServers);
        foreach (var (name, value) in spec.Parameters)
        {
            cloud.Put(new Parameter(name, value, "String", 1, world.Now));
        }

        foreach (var key in spec.Keys)
        {
            world.CloudIn(key.Region ?? spec.Region).Put(key.Key);
        }

        foreach (var template in spec.Templates)
        {
            Put(world, template);
        }

        foreach (var group in spec.Groups)
        {
            Put(world, group);
        }
    }

    private static void Put(World world, TemplateSpec template)
    {
        var data = template.Data?.DeepClone().AsObject() ?? [];
        data["ImageId"] = template.ImageId;
        data["InstanceType"] = template.InstanceType;
        var version = new LaunchTemplateVersion { Number = 1, Data = data, Created = world.Now };
        world.Cloud.Put(new LaunchTemplate
        {
            Id = IdOf(world, template.Name),
            Name = template.Name,
            Created = world.Now,
            Next = 2,
            Versions = ImmutableSortedDictionary<long, LaunchTemplateVersion>.Empty.Add(1, version),
        });
    }

    private static void Put(World world, GroupSpec group) => world.Cloud.Put(new AutoScalingGroup
    {
        Name = group.Name,
        Zones = group.Zones.IsEmpty ? world.Cloud.Zones : group.Zones,
        Min = group.Min,
        Max = group.Max ?? group.Desired,
        Desired = group.Desired,
        TemplateId = group.Template is { } template ? IdOf(world, template) : null,
        TemplateVersion = group.TemplateVersion,
        ProtectNew = group.Protected,
        TerminationPolicies = group.TerminationPolicies,
        Suspended = group.Suspended.ToImmutableSortedDictionary(process => process, _ => "User suspended before the start"),
        Tags = group.Tags.ToImmutableSortedDictionary(tag => tag.Key, tag => new GroupTag(tag.Value, PropagateAtLaunch: true)),
        HealthCheckType = group.HealthCheckType,
        MixedInstances = group.MixedInstances,
        WarmPool = group.WarmPool,
        LifecycleHooks = group.LifecycleHooks,
        NodeLabels = group.NodeLabels,
        NodeTaints = group.NodeTaints,
        Created = world.Now,
    });

    private static string IdOf(World world, string template) => $"lt-0{(ulong)world.Chance.For($"template/{template}").NextInt64():x16}";

    private static bool IsLasting(WorldSpec spec, Cluster.Objects.Taint taint) => spec.Groups.Any(group => group.NodeTaints.Contains(taint));

    private static bool PodsRest(World world, WorldSpec spec) => Expected(world, spec) <= world.Cluster.Pods.Count && world.Cluster.Pods.Objects.All(pod => pod.Ready || MayStayUnready(spec, pod));

    private static int Expected(World world, WorldSpec spec) =>
        spec.Workloads.Sum(workload => workload.Kind switch { WorkloadKind.DaemonSet or WorkloadKind.Job => 0, _ => workload.Replicas })
        + world.Cluster.DaemonSets.Objects.Sum(set => set.Replicas);

    private static bool MayStayUnready(WorldSpec spec, Cluster.Objects.Pod pod) =>
        pod.NodeName is not null && spec.Workloads.Any(workload => workload.NeverReady && workload.Name == pod.Template.Labels.GetValueOrDefault("app"));

    private static string Restless(World world, WorldSpec spec) =>
        $"{Expected(world, spec)} pods expected, {world.Cluster.Pods.Count} made; "
        + string.Join("; ", world.Cluster.Pods.Objects.Where(pod => !pod.Ready).Take(5).Select(pod => $"{pod.Meta.Key} is not Ready{(pod.Unschedulable is { } why ? $": {why}" : "")}"));

    private static void RunUntil(World world, DateTimeOffset limit, Func<bool> rests, Func<string> describe)
    {
        // The look costs all pods: taken once a simulated while and not after each event.
        while (!rests())
        {
            if (world.Now >= limit)
            {
                throw new WorldNotSettledException($"the world did not come to rest before its start: {describe()}");
            }

            world.Timeline.RunUntil(world.Now + TimeSpan.FromSeconds(10));
        }
    }
}
