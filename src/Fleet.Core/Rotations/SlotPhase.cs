namespace Fleet.Core.Rotations;

/// <summary>How far a node on its way out is.</summary>
public enum SlotPhase
{
    /// <summary>Taken out of the load balancers and cordoned, before the first eviction.</summary>
    Admitted,

    /// <summary>Its pods are being evicted.</summary>
    Draining,

    /// <summary>Empty; the owners' pods come back, volumes detach, load balancers let go.</summary>
    Settling,

    /// <summary>The instance is being terminated and its Node object goes.</summary>
    Terminating,
}
