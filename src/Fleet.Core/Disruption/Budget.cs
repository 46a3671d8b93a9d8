using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>A PodDisruptionBudget as far as Fleet looks at it.</summary>
public sealed record Budget
{
    /// <summary>Namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>resourceVersion of this view of it.</summary>
    public string ResourceVersion { get; init; } = "";

    /// <summary>Pods of the namespace that it protects; null selects none.</summary>
    public Selector? Selector { get; init; }

    /// <summary>minAvailable as written; null when not set.</summary>
    public string? MinAvailable { get; init; }

    /// <summary>maxUnavailable as written; null when not set.</summary>
    public string? MaxUnavailable { get; init; }

    /// <summary>unhealthyPodEvictionPolicy is AlwaysAllow.</summary>
    public bool AlwaysAllowUnhealthy { get; init; }

    /// <summary>metadata.generation.</summary>
    public long Generation { get; init; }

    /// <summary>status.observedGeneration; behind the generation the server refuses every eviction.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>status.disruptionsAllowed; lags by a moment.</summary>
    public int DisruptionsAllowed { get; init; }

    /// <summary>status.currentHealthy.</summary>
    public int CurrentHealthy { get; init; }

    /// <summary>status.desiredHealthy.</summary>
    public int DesiredHealthy { get; init; }

    /// <summary>status.expectedPods.</summary>
    public int ExpectedPods { get; init; }

    /// <summary>Names in status.disruptedPods: granted by the server, not yet seen to end.</summary>
    public ImmutableSortedSet<string> DisruptedPods { get; init; } = [];

    /// <summary>Reason of condition DisruptionAllowed, e.g. SyncFailed.</summary>
    public string? ConditionReason { get; init; }

    /// <summary><c>namespace/name</c>.</summary>
    public string Key => $"{Namespace}/{Name}";

    /// <summary>The limit in words, e.g. <c>minAvailable 2</c>.</summary>
    public string Limit => MinAvailable is not null ? $"minAvailable {MinAvailable}" : $"maxUnavailable {MaxUnavailable}";

    /// <summary>Whether it protects a pod.</summary>
    public bool Selects(Pod pod) => Namespace == pod.Namespace && Selector?.Matches(pod.Labels) == true;
}
