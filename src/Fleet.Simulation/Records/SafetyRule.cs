namespace Fleet.Simulation.Records;

/// <summary>What a rotation must never do, whatever happens around it.</summary>
public enum SafetyRule
{
    /// <summary>No instance is terminated while evictable pods still run on its node.</summary>
    Drained,

    /// <summary>No eviction and no termination leaves a budget's healthy pods below what it desires.</summary>
    Budget,

    /// <summary>Of an owner without a budget at most max(1, 25 % of its ready pods) are disrupted at a time.</summary>
    ImplicitBudget,

    /// <summary>What ready, schedulable nodes of a zone can hold never falls below the start less the allowance.</summary>
    Capacity,

    /// <summary>Desired capacity is never written below what it was right before.</summary>
    Desired,

    /// <summary>Nothing on a node or group that another has set is changed or removed: taints, labels, annotations, cordons, tags, max, suspended processes, protection.</summary>
    ForeignMark,

    /// <summary>Every eviction names the uid of the pod that is meant.</summary>
    EvictionUid,

    /// <summary>Scale-in protection stands from before the first change until after the last.</summary>
    Protection,

    /// <summary>One node alone goes first; no soft taint before it is wholly gone.</summary>
    Canary,

    /// <summary>A new node stands in for an old one only when it has been Ready long enough.</summary>
    Proof,

    /// <summary>No pod is evicted from a node that still takes pods.</summary>
    Cordoned,

    /// <summary>A node is cordoned only when each of its pods fits on another.</summary>
    Room,

    /// <summary>Bare pods, pods that forbid it, local data and work that is to be waited for are not lost silently.</summary>
    Loss,

    /// <summary>From the exclusion label to the termination load balancers have their time.</summary>
    LoadBalancer,

    /// <summary>Volumes of a drained node are detached before its termination.</summary>
    Volumes,

    /// <summary>A Node object is deleted only when EC2 calls its instance terminated.</summary>
    NodeIdentity,

    /// <summary>Outside the maintenance windows, and in exclusions, nothing new begins: neither the first change, nor surge, nor an outdated node's way out.</summary>
    Window,

    /// <summary>What Fleet has set is put back at the end, and a version whose canary has not passed at every rest.</summary>
    Restored,

    /// <summary>Every run comes to rest.</summary>
    Ends,
}
