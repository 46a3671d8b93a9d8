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

    /// <summary>Nothing on a node or group that another has set is changed or removed: taints, labels, annotations, cordons, tags, suspended processes, protection.</summary>
    ForeignMark,

    /// <summary>Every eviction names the uid of the pod that is meant.</summary>
    EvictionUid,

    /// <summary>Every run comes to rest.</summary>
    Ends,
}
