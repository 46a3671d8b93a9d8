using System.Collections.Immutable;
using Fleet.Core.Disruption;
using k8s.Models;

namespace Fleet.Kubernetes.Translation;

/// <summary>Pods as Core's records.</summary>
internal static class PodTranslation
{
    private const string MirrorAnnotation = "kubernetes.io/config.mirror";
    private static readonly string[] Kept = ["karpenter.sh/do-not-disrupt", "cluster-autoscaler.kubernetes.io/safe-to-evict"];

    public static Pod Of(V1Pod pod)
    {
        var (meta, status) = (pod.Metadata, pod.Status);
        var ready = status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready");
        var containers = status?.ContainerStatuses ?? [];
        return OfSpec(pod.Spec) with
        {
            Namespace = meta.NamespaceProperty ?? "",
            Name = meta.Name,
            Uid = meta.Uid,
            ResourceVersion = meta.ResourceVersion ?? "",
            Node = string.IsNullOrEmpty(pod.Spec?.NodeName) ? null : pod.Spec.NodeName,
            Phase = status?.Phase switch
            {
                "Running" => PodPhase.Running,
                "Succeeded" => PodPhase.Succeeded,
                "Failed" => PodPhase.Failed,
                "Unknown" => PodPhase.Unknown,
                _ => PodPhase.Pending,
            },
            Ready = ready?.Status == "True",
            ReadySince = Shared.Time(ready?.LastTransitionTime),
            Created = Shared.Time(meta.CreationTimestamp) ?? default,
            DeletionDue = Shared.Time(meta.DeletionTimestamp),
            ContainersEnded = containers.Count > 0 && containers.All(container => container.State?.Terminated is not null),
            Finalizers = [.. meta.Finalizers ?? []],
            Owner = Shared.ControllerOf(meta),
            Mirror = meta.Annotations?.ContainsKey(MirrorAnnotation) == true,
            Labels = Shared.Map(meta.Labels),
            Annotations = Shared.Map(meta.Annotations?.Where(pair => Kept.Contains(pair.Key))),
        };
    }

    /// <summary>The node selection of a template, as a pod without a name.</summary>
    public static Pod OfTemplate(V1PodTemplateSpec template, string ns) => OfSpec(template.Spec) with { Namespace = ns, Labels = Shared.Map(template.Metadata?.Labels) };

    /// <summary>Names of the claims that a pod mounts; those of ephemeral volumes are named after pod and volume.</summary>
    public static ImmutableArray<string> ClaimsOf(V1Pod pod) =>
    [
        .. (pod.Spec?.Volumes ?? []).Select(volume => volume.PersistentVolumeClaim?.ClaimName ?? (volume.Ephemeral is null ? null : $"{pod.Metadata.Name}-{volume.Name}")).OfType<string>(),
    ];

    private static Pod OfSpec(V1PodSpec? spec) => new()
    {
        Namespace = "",
        Name = "",
        Uid = "",
        GraceSeconds = (int)(spec?.TerminationGracePeriodSeconds ?? 30),
        Requests = Amounts.Of(spec),
        Tolerations = [.. (spec?.Tolerations ?? []).Select(toleration => new PodToleration(
            toleration.Key, string.IsNullOrEmpty(toleration.OperatorProperty) ? "Equal" : toleration.OperatorProperty, toleration.Value, toleration.Effect))],
        NodeSelector = Shared.Map(spec?.NodeSelector),
        NodeAffinity = [.. (spec?.Affinity?.NodeAffinity?.RequiredDuringSchedulingIgnoredDuringExecution?.NodeSelectorTerms ?? []).Select(OfTerm)],
        Affinity = OfTerms(spec?.Affinity?.PodAffinity?.RequiredDuringSchedulingIgnoredDuringExecution),
        AntiAffinity = OfTerms(spec?.Affinity?.PodAntiAffinity?.RequiredDuringSchedulingIgnoredDuringExecution),
        Spread = [.. (spec?.TopologySpreadConstraints ?? []).Where(spread => spread.WhenUnsatisfiable == "DoNotSchedule")
            .Select(spread => new TopologySpread(spread.MaxSkew, spread.TopologyKey, Shared.Of(spread.LabelSelector) ?? new Selector()))],
        EmptyDir = spec?.Volumes?.Any(volume => volume.EmptyDir is not null) == true,
    };

    /// <summary>matchFields knows one field, the node's name; it is asked of the label that carries it.</summary>
    private static ImmutableArray<LabelRequirement> OfTerm(V1NodeSelectorTerm term) =>
    [
        .. (term.MatchExpressions ?? []).Select(one => new LabelRequirement(one.Key, one.OperatorProperty, [.. one.Values ?? []])),
        .. (term.MatchFields ?? []).Where(one => one.Key == "metadata.name").Select(one => new LabelRequirement("kubernetes.io/hostname", one.OperatorProperty, [.. one.Values ?? []])),
    ];

    private static ImmutableArray<AffinityTerm> OfTerms(IList<V1PodAffinityTerm>? terms) =>
        [.. (terms ?? []).Where(term => term.LabelSelector is not null).Select(term => new AffinityTerm(term.TopologyKey, Shared.Of(term.LabelSelector)!))];
}
