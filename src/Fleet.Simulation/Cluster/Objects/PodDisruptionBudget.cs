using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A PodDisruptionBudget. Exactly one of the two limits is set.</summary>
public sealed record PodDisruptionBudget : WorldObject
{
    /// <summary>Pods of the namespace that it protects; null selects nothing, an empty one all.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>minAvailable, number or percentage.</summary>
    public string? MinAvailable { get; init; }

    /// <summary>maxUnavailable, number or percentage.</summary>
    public string? MaxUnavailable { get; init; }

    /// <summary>unhealthyPodEvictionPolicy: AlwaysAllow, or IfHealthyBudget (default when null).</summary>
    public string? UnhealthyPodEvictionPolicy { get; init; }

    /// <summary>status: evictions allowed now.</summary>
    public int DisruptionsAllowed { get; init; }

    /// <summary>status: healthy pods.</summary>
    public int CurrentHealthy { get; init; }

    /// <summary>status: least healthy pods.</summary>
    public int DesiredHealthy { get; init; }

    /// <summary>status: pods counted.</summary>
    public int ExpectedPods { get; init; }

    /// <summary>status.observedGeneration: the generation that the status speaks of.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>status.disruptedPods: pods whose eviction the server granted and the controller has not yet seen end, with the time of the grant.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> DisruptedPods { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>status condition DisruptionAllowed: its reason (SufficientPods, InsufficientPods, SyncFailed) and message.</summary>
    public string Reason { get; init; } = "InsufficientPods";

    /// <summary>Message of that condition.</summary>
    public string Message { get; init; } = "";
}
