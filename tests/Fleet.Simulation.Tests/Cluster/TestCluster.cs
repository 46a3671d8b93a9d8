using System.Collections.Immutable;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Api;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Tests.Cluster;

/// <summary>A small cluster with nodes that were simply put there, and short ways to say what happens in it.</summary>
internal sealed class TestCluster
{
    internal static readonly DateTimeOffset Start = new(2026, 1, 5, 2, 0, 0, TimeSpan.Zero);

    internal TestCluster(int seed = 1) => World = new World(Start, seed);

    internal World World { get; }

    internal ClusterState State => World.Cluster;

    internal ClusterApi Api => new(World, "tester");

    internal static ObjectKey Key(string name, string ns = "default") => new(ns, name);

    internal static ImmutableSortedDictionary<string, string> Labels(string app) => ObjectMeta.NoLabels.Add("app", app);

    internal static PodTemplate Template(string app) => new() { Labels = Labels(app), StopSeconds = 2, ReadySeconds = 5 };

    internal TestCluster Nodes(int count, int zones = 1, long milliCpu = 4000, long pods = 58)
    {
        for (var i = 0; i < count; i++)
        {
            Node($"node-{i}", $"eu-central-1{(char)('a' + (i % zones))}", milliCpu, pods);
        }

        return this;
    }

    internal Node Node(string name, string zone = "eu-central-1a", long milliCpu = 4000, long pods = 58) => State.Nodes.Put(new Node
    {
        Meta = new ObjectMeta { Name = name, Labels = ObjectMeta.NoLabels.Add(WellKnown.Zone, zone).Add(WellKnown.Hostname, name) },
        ProviderId = $"aws:///{zone}/i-{name}",
        Allocatable = new Resources(milliCpu, 16L << 30, pods),
        Ready = true,
    });

    internal Deployment Deployment(string name, int replicas, Func<PodTemplate, PodTemplate>? change = null) => State.Deployments.Put(new Deployment
    {
        Meta = new ObjectMeta { Namespace = "default", Name = name },
        Selector = LabelSelector.Of("app", name),
        Template = change is null ? Template(name) : change(Template(name)),
        Replicas = replicas,
    });

    internal StatefulSet StatefulSet(string name, int replicas, bool parallel = false, params string[] claims) => State.StatefulSets.Put(new StatefulSet
    {
        Meta = new ObjectMeta { Namespace = "default", Name = name },
        Selector = LabelSelector.Of("app", name),
        Template = Template(name),
        Replicas = replicas,
        Parallel = parallel,
        ClaimTemplates = [.. claims],
    });

    internal DaemonSet DaemonSet(string name) => State.DaemonSets.Put(new DaemonSet
    {
        Meta = new ObjectMeta { Namespace = "default", Name = name },
        Selector = LabelSelector.Of("app", name),
        Template = Template(name),
    });

    internal PodDisruptionBudget Budget(string app, string? minAvailable = null, string? maxUnavailable = null, string? unhealthy = null, string? name = null) => State.Budgets.Put(new PodDisruptionBudget
    {
        Meta = new ObjectMeta { Namespace = "default", Name = name ?? app },
        Selector = LabelSelector.Of("app", app),
        MinAvailable = minAvailable,
        MaxUnavailable = maxUnavailable,
        UnhealthyPodEvictionPolicy = unhealthy,
    });

    /// <summary>A pod without an owner.</summary>
    internal Pod Bare(string name, string app, string? node = null, PodPhase phase = PodPhase.Pending, bool ready = false, Func<Pod, Pod>? change = null)
    {
        var pod = new Pod
        {
            Meta = new ObjectMeta { Namespace = "default", Name = name, Labels = Labels(app) },
            Template = Template(app),
            NodeName = node,
            Phase = phase,
            Ready = ready,
            Started = phase == PodPhase.Running ? World.Now : null,
        };
        return State.Pods.Put(change is null ? pod : change(pod));
    }

    internal TestCluster Run(double seconds)
    {
        World.Timeline.RunUntil(World.Now + TimeSpan.FromSeconds(seconds));
        return this;
    }

    internal List<Pod> Pods(string app) => [.. State.Pods.Objects.Where(pod => pod.Meta.Labels.GetValueOrDefault("app") == app)];

    internal Pod Pod(string name) => State.Pods[Key(name)].ShouldNotBeNull();

    internal PodDisruptionBudget Budget(string name) => State.Budgets[Key(name)].ShouldNotBeNull();

    internal static StatusException Refused(Action call) => Should.Throw<StatusException>(call);

    internal void Cordon(string node) => Api.Update("nodes", State.Nodes[Key(node, "")]! with { Unschedulable = true }, null);
}
