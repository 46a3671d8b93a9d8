namespace Fleet.Core.Rotations;

/// <summary>The rules that keep a rotation safe, by name, so that a test can switch each off alone and see the world break. In production all of them are kept.</summary>
internal enum Safeguard
{
    /// <summary>Scale-in protection before the first change.</summary>
    Protection,

    /// <summary>AZRebalance is suspended while nodes go.</summary>
    SuspendRebalance,

    /// <summary>A new node counts only when it has proved itself.</summary>
    NodeProof,

    /// <summary>Enough ready nodes stay in the pool.</summary>
    PoolFloor,

    /// <summary>Enough ready nodes stay in each zone.</summary>
    ZoneFloor,

    /// <summary>A node goes only when its pods have room elsewhere.</summary>
    Room,

    /// <summary>One node alone goes first.</summary>
    Canary,

    /// <summary>Soft taints only after the canary has passed.</summary>
    MarksAfterCanary,

    /// <summary>At most a quarter of the ready pods of an owner without budget at a time.</summary>
    OwnerLimit,

    /// <summary>Bare pods and those that forbid their disruption are not evicted.</summary>
    Obstacles,

    /// <summary>Local data is lost only where the pool says so.</summary>
    LocalData,

    /// <summary>Work whose end is to be waited for is waited for.</summary>
    Completion,

    /// <summary>Pods are deleted past their budgets only in a run that was told so.</summary>
    Force,

    /// <summary>A node is out of load balancers and cordoned before its pods are evicted.</summary>
    CordonFirst,

    /// <summary>A node is drained before its instance is terminated.</summary>
    Drain,

    /// <summary>What was evicted is ready elsewhere before the slot closes.</summary>
    Settle,

    /// <summary>Volumes of drained pods are detached before the termination.</summary>
    Volumes,

    /// <summary>Load balancers get their time from the exclusion label to the termination.</summary>
    LoadBalancers,

    /// <summary>Desired is read right before each write.</summary>
    FreshDesired,

    /// <summary>Max is read right before it is raised.</summary>
    FreshMax,

    /// <summary>A termination lowers desired only where the surge shrinks.</summary>
    Decrement,

    /// <summary>A node is told by its uid from another of the same name.</summary>
    NodeIdentity,

    /// <summary>Cordons, labels and annotations that others set are not taken for Fleet's own.</summary>
    ForeignMarks,

    /// <summary>Zones are even before AZRebalance is resumed.</summary>
    EvenZones,

    /// <summary>Max is put back only where desired fits.</summary>
    MaxFits,

    /// <summary>Protection is lifted last.</summary>
    ProtectionLast,

    /// <summary>Protection is lifted only when no scale-in waits for it.</summary>
    NoScaleInWaits,

    /// <summary>A template version whose canary has not passed is unpinned, and what hooks wrote of it is written back.</summary>
    PinBack,

    /// <summary>Max is put back.</summary>
    MaxBack,

    /// <summary>Suspended processes are resumed.</summary>
    ProcessesBack,

    /// <summary>Protection is put back.</summary>
    ProtectionBack,

    /// <summary>Soft taints are taken off.</summary>
    MarksBack,

    /// <summary>Cordons and exclusion labels of nodes that stay are taken off.</summary>
    NodesBack,

    /// <summary>Nothing new begins outside the maintenance windows.</summary>
    Windows,

    /// <summary>Nothing new begins on excluded days.</summary>
    Exclusions,

    /// <summary>No run goes on for ever.</summary>
    Limits,
}
