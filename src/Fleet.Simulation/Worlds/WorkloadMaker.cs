using System.Collections.Immutable;
using Fleet.Simulation.Cluster;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Worlds;

/// <summary>Puts a description's workloads and budgets into the cluster.</summary>
internal static class WorkloadMaker
{
    private const string App = "app";

    public static void Make(World world, WorkloadSpec spec)
    {
        var cluster = world.Cluster;
        EnsureNamespace(cluster, spec.Namespace);
        var meta = new ObjectMeta { Namespace = spec.Namespace, Name = spec.Name, Labels = Labels(spec.Name) };
        var selector = LabelSelector.Of(App, spec.Name);
        var template = TemplateOf(spec, selector);
        switch (spec.Kind)
        {
            case WorkloadKind.Deployment:
                cluster.Deployments.Put(new Deployment { Meta = meta, Selector = selector, Template = template, Replicas = spec.Replicas });
                break;
            case WorkloadKind.StatefulSet:
                cluster.StatefulSets.Put(new StatefulSet { Meta = meta, Selector = selector, Template = template, Replicas = spec.Replicas, ClaimTemplates = spec.Claims, Parallel = spec.Parallel });
                break;
            case WorkloadKind.DaemonSet:
                cluster.DaemonSets.Put(new DaemonSet { Meta = meta, Selector = selector, Template = template });
                break;
            case WorkloadKind.Job:
                cluster.Jobs.Put(new Job { Meta = meta, Selector = selector, Template = template, Replicas = spec.Replicas, Completions = spec.Replicas });
                break;
            case WorkloadKind.Pod:
                for (var index = 0; index < spec.Replicas; index++)
                {
                    cluster.Pods.Put(new Pod { Meta = meta with { Name = $"{spec.Name}-{index}", Labels = template.Labels, Annotations = template.Annotations }, Template = template });
                }

                break;
        }
    }

    public static void Make(World world, BudgetSpec spec)
    {
        EnsureNamespace(world.Cluster, spec.Namespace);
        world.Cluster.Budgets.Put(new PodDisruptionBudget
        {
            Meta = new ObjectMeta { Namespace = spec.Namespace, Name = spec.Name },
            Selector = LabelSelector.Of(App, spec.Workload),
            MinAvailable = spec.MinAvailable,
            MaxUnavailable = spec.MaxUnavailable,
            UnhealthyPodEvictionPolicy = spec.UnhealthyPodEvictionPolicy,
        });
    }

    /// <summary>Static pods on machines of the control plane, which are no nodes of the world; the first one's version is the endpoint's.</summary>
    public static void MakeApiServers(ClusterState cluster, ImmutableArray<string> versions)
    {
        cluster.ServerVersion = versions.FirstOrDefault() ?? cluster.ServerVersion;
        foreach (var (index, version) in versions.Index())
        {
            var node = $"control-plane-{index + 1}";
            var labels = ObjectMeta.NoLabels.Add("component", "kube-apiserver").Add("tier", "control-plane");
            cluster.Pods.Put(new Pod
            {
                Meta = new ObjectMeta { Namespace = "kube-system", Name = $"kube-apiserver-{node}", Labels = labels },
                Template = new PodTemplate { Labels = labels, Image = $"registry.k8s.io/kube-apiserver:{version}" },
                NodeName = node,
                Mirror = true,
                Phase = PodPhase.Running,
                Ready = true,
            });
        }
    }

    private static void EnsureNamespace(ClusterState cluster, string name)
    {
        if (cluster.Namespaces[new ObjectKey("", name)] is null)
        {
            cluster.Namespaces.Put(new OpaqueObject { Meta = new ObjectMeta { Name = name, Labels = ImmutableSortedDictionary<string, string>.Empty.Add("kubernetes.io/metadata.name", name) } });
        }
    }

    private static PodTemplate TemplateOf(WorkloadSpec spec, LabelSelector selector) => new()
    {
        Labels = Labels(spec.Name).SetItems(spec.Labels),
        Annotations = spec.Annotations,
        Requests = new Resources(spec.MilliCpu, spec.MemoryMiB << 20, 1),
        NodeSelector = spec.NodeSelector,
        Tolerations = spec.Kind == WorkloadKind.DaemonSet && spec.Tolerations.IsEmpty ? [new Toleration(null, "Exists", null, null)] : spec.Tolerations,
        Spread = [.. spec.Spread.Select(key => new SpreadConstraint(1, key, Hard: true, selector)), .. spec.PreferSpread.Select(key => new SpreadConstraint(1, key, Hard: false, selector))],
        AntiAffinity = [.. spec.AntiAffinity.Select(key => new PodAffinityTerm(key, selector))],
        EmptyDir = spec.EmptyDir,
        GraceSeconds = int.CreateSaturating(Math.Ceiling(spec.Grace.TotalSeconds)),
        StopSeconds = Math.Min(spec.Stop.TotalSeconds, spec.Grace.TotalSeconds),
        ReadySeconds = spec.Ready.TotalSeconds,
        RunSeconds = spec.Run?.TotalSeconds,
        NeverReady = spec.NeverReady,
        Image = $"registry.example/{spec.Name}:1",
    };

    private static ImmutableSortedDictionary<string, string> Labels(string name) => ImmutableSortedDictionary<string, string>.Empty.Add(App, name);
}
