using System.Text.Json.Nodes;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;
using Fleet.Simulation.Cloud;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;
using Fleet.Simulation.Records;
using Fleet.Simulation.Worlds;

namespace Fleet.Simulation.Tests.Records;

/// <summary>A small pool at rest with a recorder attached, and hands to do in it what Fleet should not.</summary>
internal sealed class RecordedWorld
{
    public static readonly DateTimeOffset Start = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    public RecordedWorld(int nodes = 3, Func<WorldSpec, WorldSpec>? with = null, Func<RecordedRotation, RecordedRotation>? recorded = null)
    {
        Spec = with is null ? Plain(nodes) : with(Plain(nodes));
        World = WorldBuilder.Build(Spec, 1, Start);
        Recorder = new RotationRecorder(World, (recorded ?? (one => one))(RecordedRotation.Of(Rotation, World)));
    }

    public WorldSpec Spec { get; }

    public World World { get; }

    public RotationRecorder Recorder { get; }

    public CloudApi Aws => new(World, "fleet");

    public ClusterApi Kubernetes => new(World, "fleet");

    public CloudApi OtherAws => new(World, "terraform");

    public ClusterApi OtherKubernetes => new(World, "engineer");

    public IReadOnlyList<SafetyRule> Broken => [.. Recorder.Violations.Select(violation => violation.Rule)];

    public IReadOnlyList<Node> Nodes => [.. World.Cluster.Nodes.Objects];

    public RotationSpec Rotation => new()
    {
        Cluster = new ClusterSpec { Name = "test", Account = World.Cloud.Account, Region = Spec.Region },
        Pool = new NodePoolSpec
        {
            Cluster = "test",
            Name = "workers",
            Groups = ["workers"],
            Rotation = new RotationPolicy { LoadBalancerWait = TimeSpan.FromSeconds(60), MaxSurge = CountOrPercent.Count(1) },
        },
        Target = new Fleet.Core.Rotations.RotationTarget { ImageId = "ami-new" },
    };

    public static WorldSpec Plain(int nodes) => new()
    {
        Name = "recorded",
        Zones = ["eu-central-1a"],
        InstanceTypes = [new NodeProfile { InstanceType = "m5.large" }],
        Images = [new ImageSpec { Id = "ami-old" }, new ImageSpec { Id = "ami-new", Age = TimeSpan.FromDays(1) }],
        Templates = [new TemplateSpec { Name = "workers", ImageId = "ami-old", InstanceType = "m5.large" }],
        Groups = [new GroupSpec { Name = "workers", Template = "workers", Desired = nodes, Max = nodes + 2 }],
        Workloads =
        [
            new WorkloadSpec { Kind = WorkloadKind.Deployment, Name = "web", Replicas = 2 * nodes, MilliCpu = 500, PreferSpread = ["kubernetes.io/hostname"] },
            new WorkloadSpec { Kind = WorkloadKind.DaemonSet, Name = "agent" },
        ],
        Budgets = [new BudgetSpec { Name = "web", Workload = "web", MaxUnavailable = "1" }],
    };

    public void Run(double seconds) => World.Timeline.RunUntil(World.Now + TimeSpan.FromSeconds(seconds));

    public static string InstanceOf(Node node) => node.ProviderId[(node.ProviderId.LastIndexOf('/') + 1)..];

    public IReadOnlyList<Pod> PodsOn(Node node) =>
        [.. World.Cluster.Index.Node(node.Meta.Name)!.Pods.Select(entry => entry.Pod).Where(pod => pod.Meta.Controller is not { Kind: nameof(DaemonSet) }).OrderBy(pod => pod.Meta.Name, StringComparer.Ordinal)];

    public IReadOnlyList<Pod> Pods(string app) => [.. World.Cluster.Pods.Objects.Where(pod => pod.Meta.Labels.GetValueOrDefault("app") == app)];

    public void Evict(Pod pod) => Cordoned(pod, () => Kubernetes.Evict(pod.Meta.Key, new EvictOptions { Uid = pod.Meta.Uid }));

    /// <summary>Does something to a pod while its node takes no pods; where Fleet has not cordoned it an engineer does for that while.</summary>
    public void Cordoned(Pod pod, Action act)
    {
        var node = World.Cluster.Nodes[new ObjectKey("", pod.NodeName!)]!;
        Change(OtherKubernetes, node, known => known with { Unschedulable = true });
        act();
        Change(OtherKubernetes, node, known => known with { Unschedulable = node.Unschedulable });
    }

    public void Change(ClusterApi api, Node node, Func<Node, Node> change) => api.Update("nodes", change(World.Cluster.Nodes[node.Meta.Key]!), null, new UpdateOptions { Verb = "patch" });

    /// <summary>Protects every instance from scale-in, new ones too.</summary>
    public void Protect()
    {
        Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", ProtectNew = true });
        Aws.SetInstanceProtection("workers", [.. Nodes.Select(InstanceOf)], protect: true);
    }

    /// <summary>Writes a template version with the new image and pins it on the group.</summary>
    /// <returns>The template's id.</returns>
    public string Pin()
    {
        var template = World.Cloud.Groups["workers"].TemplateId!;
        Aws.CreateLaunchTemplateVersion(template, null, new JsonObject { ["ImageId"] = "ami-new" }, "1");
        Aws.UpdateAutoScalingGroup(new GroupUpdate { Name = "workers", TemplateId = template, TemplateVersion = "2" });
        return template;
    }

    /// <summary>Takes a node out of load balancers and cordons it.</summary>
    public void Leave(Node node) => Change(Kubernetes, node, known => known with
    {
        Unschedulable = true,
        Meta = known.Meta with { Labels = known.Meta.Labels.Add(Fleet.Simulation.Cluster.WellKnown.ExcludeFromLoadBalancers, "") },
    });

    /// <summary>Evicts what is on a cordoned node, one pod after the other as the budget permits.</summary>
    public void Drain(Node node)
    {
        while (PodsOn(node) is [var pod, ..])
        {
            Evict(pod);
            Run(60);
        }
    }
}
