using System.Collections.Immutable;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Worlds;

/// <summary>A workload of a world; its pods bear the label <c>app: NAME</c> and are Ready at the start.</summary>
public sealed record WorkloadSpec
{
    /// <summary>Kind.</summary>
    public required WorkloadKind Kind { get; init; }

    /// <summary>Namespace. Default: default.</summary>
    public string Namespace { get; init; } = "default";

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Pods; a Job's completions. Default: 1. A DaemonSet has one on each node.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Requested processor time of a pod, in thousandths of a core. Default: 100.</summary>
    public long MilliCpu { get; init; } = 100;

    /// <summary>Requested memory of a pod, in MiB. Default: 64.</summary>
    public long MemoryMiB { get; init; } = 64;

    /// <summary>terminationGracePeriodSeconds. Default: 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long its containers really take to end. Default: 2 s.</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From being placed to Ready. Default: 20 s.</summary>
    public TimeSpan Ready { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long a Job's pod runs until it succeeds; null for ever.</summary>
    public TimeSpan? Run { get; init; }

    /// <summary>Further labels of its pods.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Annotations of its pods.</summary>
    public ImmutableSortedDictionary<string, string> Annotations { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Required node labels.</summary>
    public ImmutableSortedDictionary<string, string> NodeSelector { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Tolerations.</summary>
    public ImmutableArray<Toleration> Tolerations { get; init; } = [];

    /// <summary>Topology keys over which its pods are spread with a skew of 1, must hold.</summary>
    public ImmutableArray<string> Spread { get; init; } = [];

    /// <summary>Topology keys over which its pods are spread with a skew of 1 if possible.</summary>
    public ImmutableArray<string> PreferSpread { get; init; } = [];

    /// <summary>Topology keys within one value of which no two of its pods may be.</summary>
    public ImmutableArray<string> AntiAffinity { get; init; } = [];

    /// <summary>Volume claim templates of a StatefulSet; each volume is bound to the zone of its first pod.</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary>Whether a StatefulSet's pods start together.</summary>
    public bool Parallel { get; init; }

    /// <summary>Whether its pods hold emptyDir data.</summary>
    public bool EmptyDir { get; init; }

    /// <summary>Whether its pods never become Ready.</summary>
    public bool NeverReady { get; init; }
}
