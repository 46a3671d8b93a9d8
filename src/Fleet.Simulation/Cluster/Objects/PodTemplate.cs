using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>What a workload's pods are made from; shared by reference between a workload and its pods.</summary>
public sealed record PodTemplate
{
    /// <summary>Labels of each pod.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations of each pod.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Sum of the containers' requests; Pods is 1.</summary>
    public Resources Requests { get; init; } = new(100, 64L << 20, 1);

    /// <summary>Required node labels.</summary>
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Required node affinity: terms are alternatives, the expressions of a term must all hold.</summary>
    public ImmutableArray<ImmutableArray<SelectorRequirement>> NodeAffinity { get; init; } = [];

    /// <summary>Tolerations.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];

    /// <summary>Required pod anti-affinity.</summary>
    public ImmutableArray<PodAffinityTerm> AntiAffinity { get; init; } = [];

    /// <summary>Topology spread constraints.</summary>
    public ImmutableArray<SpreadConstraint> Spread { get; init; } = [];

    /// <summary>Names of persistent volume claims (a StatefulSet adds those of its templates).</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary>Whether a volume is an emptyDir.</summary>
    public bool EmptyDir { get; init; }

    /// <summary>Time that a pod may take to end (terminationGracePeriodSeconds, default 30).</summary>
    public int GraceSeconds { get; init; } = 30;

    /// <summary>World only: how long the containers really take to end after the signal, in seconds; never more than the grace. Default: 2.</summary>
    public double StopSeconds { get; init; } = 2;

    /// <summary>World only: how long a pod takes from being placed to Ready, in seconds.</summary>
    public double ReadySeconds { get; init; } = 5;

    /// <summary>World only: for a Job's pods, how long they run until they succeed, in seconds; null runs for ever.</summary>
    public double? RunSeconds { get; init; }

    /// <summary>World only: the pod never becomes Ready.</summary>
    public bool NeverReady { get; init; }

    /// <summary>Image of the first container.</summary>
    public string Image { get; init; } = "registry.k8s.io/pause:3.10";

    /// <summary>spec.priority; 0 by default.</summary>
    public int Priority { get; init; }

    /// <summary>What a client wrote in the pod template and the world does not model (form of a PodTemplateSpec).</summary>
    public JsonObject? Unmodelled { get; init; }
}
