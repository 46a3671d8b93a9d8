using System.Collections.Immutable;

namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A pod.</summary>
public sealed record Pod : WorldObject
{
    /// <summary>What it was made from.</summary>
    public required PodTemplate Template { get; init; }

    /// <summary>The node it is bound to; null while unscheduled.</summary>
    public string? NodeName { get; init; }

    /// <summary>Phase.</summary>
    public PodPhase Phase { get; init; }

    /// <summary>Condition Ready.</summary>
    public bool Ready { get; init; }

    /// <summary>When condition Ready last changed.</summary>
    public DateTimeOffset? ReadyChanged { get; init; }

    /// <summary>When the kubelet took it.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Whether all its containers have ended (a terminating pod may stay after that, for a finalizer).</summary>
    public bool ContainersEnded { get; init; }

    /// <summary>Why it is not scheduled (message of the PodScheduled condition); null when it is.</summary>
    public string? Unschedulable { get; init; }

    /// <summary>A static pod's mirror: annotation <c>kubernetes.io/config.mirror</c>.</summary>
    public bool Mirror { get; init; }

    /// <summary>World only: the pod that this one replaces, so that a pod can be followed through its replacements; null for a first pod.</summary>
    public string? ReplacesUid { get; init; }

    /// <summary>Claims that it mounts, resolved (StatefulSet templates included).</summary>
    public ImmutableArray<string> Claims { get; init; } = [];

    /// <summary>Whether it counts for its owner: neither terminating nor finished.</summary>
    public bool IsActive => Phase is PodPhase.Pending or PodPhase.Running && Meta.DeletionTimestamp is null;
}
