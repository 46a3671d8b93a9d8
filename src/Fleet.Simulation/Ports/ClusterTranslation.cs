using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Fleet.Core.Disruption;
using Sim = Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Ports;

/// <summary>The world's objects as Core's records. What a pod has from its template is translated once and shared, as are label sets.</summary>
internal static class ClusterTranslation
{
    private static readonly string[] PodAnnotations = ["karpenter.sh/do-not-disrupt", "cluster-autoscaler.kubernetes.io/safe-to-evict"];
    private static readonly ConditionalWeakTable<Sim.PodTemplate, Pod> Templates = [];
    private static readonly ConditionalWeakTable<Sim.LabelSelector, Selector> Selectors = [];

    public static Node Of(Sim.Node node)
    {
        var provider = node.ProviderId.Length == 0 ? null : node.ProviderId.Split('/');
        return new Node
        {
            Name = node.Meta.Name,
            Uid = node.Meta.Uid,
            ResourceVersion = Version(node),
            ProviderId = provider is null ? null : node.ProviderId,
            InstanceId = provider?[^1],
            Zone = node.Meta.Labels.GetValueOrDefault("topology.kubernetes.io/zone") ?? (provider is { Length: > 1 } ? provider[^2] : ""),
            Unschedulable = node.Unschedulable,
            Ready = node.Ready == true,
            ReadySince = node.ReadyChanged,
            Created = node.Meta.Created,
            Labels = node.Meta.Labels,
            Annotations = node.Meta.Annotations,
            Taints = [.. node.Taints.Select(taint => new NodeTaint(taint.Key, taint.Value, taint.Effect))],
            Allocatable = Of(node.Allocatable),
        };
    }

    public static Pod Of(Sim.Pod pod) => Templates.GetValue(pod.Template, OfTemplate) with
    {
        Namespace = pod.Meta.Namespace,
        Name = pod.Meta.Name,
        Uid = pod.Meta.Uid,
        ResourceVersion = Version(pod),
        Node = pod.NodeName,
        Phase = pod.Phase switch
        {
            Sim.PodPhase.Running => PodPhase.Running,
            Sim.PodPhase.Succeeded => PodPhase.Succeeded,
            Sim.PodPhase.Failed => PodPhase.Failed,
            _ => PodPhase.Pending,
        },
        Ready = pod.Ready,
        ReadySince = pod.ReadyChanged,
        Created = pod.Meta.Created,
        DeletionDue = pod.Meta.DeletionTimestamp,
        ContainersEnded = pod.ContainersEnded,
        Finalizers = pod.Meta.Finalizers,
        Owner = pod.Meta.Controller is { } owner ? Key(pod, owner) : null,
        Mirror = pod.Mirror,
        Labels = pod.Meta.Labels,
        Annotations = pod.Meta.Annotations.IsEmpty ? pod.Meta.Annotations : pod.Meta.Annotations.RemoveRange(pod.Meta.Annotations.Keys.Except(PodAnnotations)),
    };

    public static Budget Of(Sim.PodDisruptionBudget budget) => new()
    {
        Namespace = budget.Meta.Namespace,
        Name = budget.Meta.Name,
        ResourceVersion = Version(budget),
        Selector = budget.Selector is { } selector ? Selectors.GetValue(selector, Of) : null,
        MinAvailable = budget.MinAvailable,
        MaxUnavailable = budget.MaxUnavailable,
        AlwaysAllowUnhealthy = budget.UnhealthyPodEvictionPolicy == "AlwaysAllow",
        Generation = budget.Meta.Generation,
        ObservedGeneration = budget.ObservedGeneration,
        DisruptionsAllowed = budget.DisruptionsAllowed,
        CurrentHealthy = budget.CurrentHealthy,
        DesiredHealthy = budget.DesiredHealthy,
        ExpectedPods = budget.ExpectedPods,
        DisruptedPods = [.. budget.DisruptedPods.Keys],
        ConditionReason = budget.Reason,
    };

    public static Owner Of(Sim.Workload workload)
    {
        var kind = workload.GetType().Name;
        return new Owner
        {
            Key = new OwnerKey(kind, workload.Meta.Namespace, workload.Meta.Name, workload.Meta.Uid),
            Wanted = workload is Sim.Job job ? Math.Max(0, Math.Min(workload.Replicas, job.Completions - workload.Succeeded)) : workload.Replicas,
            Ready = workload.ReadyReplicas,
            Parent = workload.Meta.Controller is { } owner ? Key(workload, owner) : null,
            DaemonTemplate = workload is Sim.DaemonSet ? Templates.GetValue(workload.Template, OfTemplate) with { Namespace = workload.Meta.Namespace, Labels = workload.Template.Labels } : null,
        };
    }

    public static Attachment Of(Sim.VolumeAttachment attachment) => new(attachment.Meta.Name, attachment.NodeName, attachment.VolumeName);

    private static Resources Of(Sim.Resources amounts) => new() { MilliCpu = amounts.MilliCpu, MemoryBytes = amounts.MemoryBytes, Pods = amounts.Pods };

    private static Selector Of(Sim.LabelSelector selector) => new()
    {
        MatchLabels = selector.MatchLabels,
        Expressions = [.. selector.Expressions.Select(Of)],
    };

    private static LabelRequirement Of(Sim.SelectorRequirement expression) => new(expression.Key, expression.Operator, expression.Values);

    private static Pod OfTemplate(Sim.PodTemplate template) => new()
    {
        Namespace = "",
        Name = "",
        Uid = "",
        GraceSeconds = template.GraceSeconds,
        Requests = Of(template.Requests),
        Tolerations = [.. template.Tolerations.Select(toleration => new PodToleration(toleration.Key, toleration.Operator, toleration.Value, toleration.Effect))],
        NodeSelector = template.NodeSelector,
        NodeAffinity = [.. template.NodeAffinity.Select(term => term.Select(Of).ToImmutableArray())],
        AntiAffinity = [.. template.AntiAffinity.Select(term => new AffinityTerm(term.TopologyKey, Selectors.GetValue(term.Selector, Of)))],
        Spread = [.. template.Spread.Where(spread => spread.Hard).Select(spread => new TopologySpread(spread.MaxSkew, spread.TopologyKey, Selectors.GetValue(spread.Selector, Of)))],
        EmptyDir = template.EmptyDir,
    };

    private static OwnerKey Key(Sim.WorldObject owned, Sim.OwnerReference owner) => new(owner.Kind, owned.Meta.Namespace, owner.Name, owner.Uid);

    private static string Version(Sim.WorldObject one) => one.Meta.ResourceVersion.ToString();
}
