namespace Fleet.Simulation.Cluster.Api;

/// <summary>What becomes of an object's dependents when it is deleted (propagationPolicy).</summary>
public enum Propagation
{
    /// <summary>The object goes at once, its dependents after it (default).</summary>
    Background,

    /// <summary>The dependents go first; the object waits with the finalizer foregroundDeletion.</summary>
    Foreground,

    /// <summary>The dependents stay, without their owner reference.</summary>
    Orphan,
}
