namespace Fleet.Core.Disruption;

/// <summary>A pod's phase (Pod Lifecycle).</summary>
public enum PodPhase
{
    /// <summary>Not yet running.</summary>
    Pending,

    /// <summary>Running.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Succeeded,

    /// <summary>Ended badly.</summary>
    Failed,

    /// <summary>The node is silent.</summary>
    Unknown,
}
