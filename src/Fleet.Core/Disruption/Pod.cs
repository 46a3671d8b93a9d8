using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>A pod as far as Fleet looks at it.</summary>
public sealed record Pod
{
    /// <summary>Namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Uid: an eviction names it, so that it hits only the pod that was looked at.</summary>
    public required string Uid { get; init; }

    /// <summary>resourceVersion of this view of it.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>The node it is bound to; null while unscheduled.</summary>
    public string? Node { get; init; }

    /// <summary>Phase.</summary>
    public PodPhase Phase { get; init; } = PodPhase.Running;

    /// <summary>Condition Ready.</summary>
    public bool Ready { get; init; }

    /// <summary>Since when condition Ready has its present value.</summary>
    public DateTimeOffset? ReadySince { get; init; }

    /// <summary>Creation time.</summary>
    public DateTimeOffset Created { get; init; }

    /// <summary>When a deletion under way is due to end (request plus grace); null while it lives.</summary>
    public DateTimeOffset? DeletionDue { get; init; }

    /// <summary>Whether every container has ended.</summary>
    public bool ContainersEnded { get; init; }

    /// <summary>Finalizers that hold it back.</summary>
    public ImmutableArray<string> Finalizers { get; init; } = [];

    /// <summary>terminationGracePeriodSeconds.</summary>
    public int GraceSeconds { get; init; } = 30;

    /// <summary>Its controller; null for a bare pod.</summary>
    public OwnerKey? Owner { get; init; }

    /// <summary>Whether it is the mirror of a static pod (annotation kubernetes.io/config.mirror).</summary>
    public bool Mirror { get; init; }

    /// <summary>Labels.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations in use by drains: karpenter.sh/do-not-disrupt, cluster-autoscaler.kubernetes.io/safe-to-evict.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What it requests (containers' sum or the greatest init container, plus overhead).</summary>
    public Resources Requests { get; init; } = Resources.None;

    /// <summary>Tolerations.</summary>
    public ImmutableArray<PodToleration> Tolerations { get; init; } = [];

    /// <summary>nodeSelector.</summary>
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Required node affinity: terms are alternatives, the expressions of a term must all hold. Empty means any node.</summary>
    public ImmutableArray<ImmutableArray<LabelRequirement>> NodeAffinity { get; init; } = [];

    /// <summary>Required pod affinity.</summary>
    public ImmutableArray<AffinityTerm> Affinity { get; init; } = [];

    /// <summary>Required pod anti-affinity.</summary>
    public ImmutableArray<AffinityTerm> AntiAffinity { get; init; } = [];

    /// <summary>Hard spread constraints.</summary>
    public ImmutableArray<TopologySpread> Spread { get; init; } = [];

    /// <summary>Names of the persistent volumes it has mounted through claims.</summary>
    public ImmutableArray<string> Volumes { get; init; } = [];

    /// <summary>Zones in which all its volumes can be attached; null when they bind it to none.</summary>
    public ImmutableSortedSet<string>? VolumeZones { get; init; }

    /// <summary>Whether it has an emptyDir volume.</summary>
    public bool EmptyDir { get; init; }

    /// <summary>Whether it is finished.</summary>
    public bool Finished => Phase is PodPhase.Succeeded or PodPhase.Failed;

    /// <summary><c>namespace/name</c>.</summary>
    public string Key => $"{Namespace}/{Name}";
}
