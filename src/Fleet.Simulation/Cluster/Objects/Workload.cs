namespace Fleet.Simulation.Cluster.Objects;

/// <summary>Anything that makes pods from a template: Deployment, ReplicaSet, StatefulSet, DaemonSet, Job.</summary>
public abstract record Workload : WorldObject
{
    /// <summary>Pods that belong to it.</summary>
    public required LabelSelector Selector { get; init; }

    /// <summary>What its pods are made from.</summary>
    public required PodTemplate Template { get; init; }

    /// <summary>Wanted pods (a DaemonSet's number is counted in its status).</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>status: pods that exist.</summary>
    public int Current { get; init; }

    /// <summary>status: pods that are Ready.</summary>
    public int ReadyReplicas { get; init; }

    /// <summary>status: pods that succeeded (Job).</summary>
    public int Succeeded { get; init; }

    /// <summary>status.observedGeneration.</summary>
    public long ObservedGeneration { get; init; }
}
