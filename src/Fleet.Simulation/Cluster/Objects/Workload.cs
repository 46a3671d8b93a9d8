using System.Collections.Immutable;

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

/// <summary>A Deployment; rolls by making a new ReplicaSet when the template changes.</summary>
public sealed record Deployment : Workload
{
    /// <summary>Surge of a rollout, number or percentage.</summary>
    public string MaxSurge { get; init; } = "25%";

    /// <summary>Unavailable during a rollout, number or percentage.</summary>
    public string MaxUnavailable { get; init; } = "25%";
}

/// <summary>A ReplicaSet.</summary>
public sealed record ReplicaSet : Workload;

/// <summary>A StatefulSet: pods NAME-0 … with a claim of each template, one after the other unless Parallel.</summary>
public sealed record StatefulSet : Workload
{
    /// <summary>Names of its volume claim templates; the claim of a pod is TEMPLATE-POD.</summary>
    public ImmutableArray<string> ClaimTemplates { get; init; } = [];

    /// <summary>podManagementPolicy Parallel; false is OrderedReady.</summary>
    public bool Parallel { get; init; }
}

/// <summary>A DaemonSet: one pod on each node that it tolerates and selects.</summary>
public sealed record DaemonSet : Workload;

/// <summary>A Job: pods until enough have succeeded.</summary>
public sealed record Job : Workload
{
    /// <summary>Pods that must succeed.</summary>
    public int Completions { get; init; } = 1;
}
