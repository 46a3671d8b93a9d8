namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A pod's phase (Pod Lifecycle).</summary>
public enum PodPhase
{
    /// <summary>Accepted, not yet running.</summary>
    Pending,

    /// <summary>Bound, its containers run.</summary>
    Running,

    /// <summary>All containers ended well.</summary>
    Succeeded,

    /// <summary>A container ended badly, or the pod was evicted by the kubelet.</summary>
    Failed,
}
