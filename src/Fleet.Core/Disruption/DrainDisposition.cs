namespace Fleet.Core.Disruption;

/// <summary>What a drain does with a pod.</summary>
public enum DrainDisposition
{
    /// <summary>Left alone: mirror and DaemonSet pods go with their node.</summary>
    Leave,

    /// <summary>Succeeded or failed: nothing to evict.</summary>
    Finished,

    /// <summary>Its deletion is under way.</summary>
    Terminating,

    /// <summary>Evicted within its budget.</summary>
    Evict,

    /// <summary>Not evicted: the node waits until it ends by itself.</summary>
    WaitForCompletion,

    /// <summary>May not be evicted until a person acts, or the run was told to force.</summary>
    Blocked,
}
