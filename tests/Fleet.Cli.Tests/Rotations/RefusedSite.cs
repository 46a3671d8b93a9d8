using System.Collections.Immutable;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Worlds;

namespace Fleet.Cli.Tests.Rotations;

/// <summary>One world for all refusals: a sound group, one of each kind that Fleet refuses, and users who lack one permission each.</summary>
public sealed class RefusedSite : IAsyncLifetime
{
    public const string Sound = "sound";

    private static readonly string[] Lacking =
    [
        "DescribeAutoScalingGroups", "DescribeLaunchTemplateVersions", "DescribeImages", "DescribeInstances", "CreateLaunchTemplateVersion",
        "list pods", "create pods/eviction", "patch nodes", "update leases.coordination.k8s.io",
    ];

    internal Site Site { get; private set; } = null!;

    /// <summary>The user who may do all but this.</summary>
    internal static string Without(string verb) => $"without-{verb.Replace(' ', '-').Replace('/', '-')}";

    public async Task InitializeAsync()
    {
        Site = await Site.OpenAsync(World(), speed: 1, users: Lacking.Select(Without));
        var world = Site.Host.World;
        lock (world.Gate)
        {
            foreach (var verb in Lacking)
            {
                world.Faults.Deny(verb, Without(verb));
            }

            var stray = world.Cluster.Nodes.Objects.Single(node => node.Meta.Labels.GetValueOrDefault("pool") == "stray");
            new ClusterApi(world, "somebody").Delete("nodes", stray.Meta.Key, new DeleteOptions());
            new CloudApi(world, "somebody").SuspendProcesses("halted", ["Launch"]);
        }
    }

    public async Task DisposeAsync() => await Site.DisposeAsync();

    /// <summary>A small world of another cluster.</summary>
    internal static WorldSpec Other => World() with { Name = "other", Groups = [Group(Sound)], Workloads = [], Budgets = [] };

    private static WorldSpec World() => new()
    {
        Name = "refused",
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
        Images =
        [
            new ImageSpec { Id = "ami-00000001" },
            new ImageSpec { Id = "ami-00000002", Age = TimeSpan.FromDays(1) },
            new ImageSpec { Id = "ami-000000a1", Architecture = "arm64" },
        ],
        Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-00000001", InstanceType = "m5.large" }],
        Groups =
        [
            Group(Sound) with { Desired = 3 },
            Group("mixed") with { MixedInstances = true },
            Group("warm") with { WarmPool = true },
            Group("hooked") with { LifecycleHooks = ["drain"] },
            Group("checked") with { HealthCheckType = "ELB" },
            Group("halted"),
            Group("stray"),
            new GroupSpec { Name = "bare", Desired = 0 },
            .. new[] { "eks:nodegroup-name", "sigs.k8s.io/cluster-api-provider-aws/cluster/x", "karpenter.sh/nodepool", "aws:cloudformation:stack-name", "kops.k8s.io/instancegroup" }
                .Select((tag, index) => Group($"owned-{index}") with { Tags = ImmutableSortedDictionary<string, string>.Empty.Add(tag, "workers") }),
        ],
        Workloads = [new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 6 }],
        Budgets = [new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "25%" }],
    };

    private static GroupSpec Group(string name) => new()
    {
        Name = name,
        Template = "workers",
        Desired = 1,
        NodeLabels = ImmutableSortedDictionary<string, string>.Empty.Add("pool", name),
    };
}
