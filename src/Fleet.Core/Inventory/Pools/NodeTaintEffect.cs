namespace Fleet.Core.Inventory.Pools;

/// <summary>What a taint does (Kubernetes, "Taints and Tolerations").</summary>
public enum NodeTaintEffect
{
    /// <summary>No new pods.</summary>
    NoSchedule,

    /// <summary>New pods where there is room nowhere else.</summary>
    PreferNoSchedule,

    /// <summary>No new pods, and those that run are evicted.</summary>
    NoExecute,
}
