namespace Fleet.Simulation.Cloud;

/// <summary>Auto Scaling lifecycle states that the world uses.</summary>
public static class LifecycleState
{
    /// <summary>Being launched.</summary>
    public const string Pending = "Pending";

    /// <summary>Counted as capacity.</summary>
    public const string InService = "InService";

    /// <summary>Being terminated.</summary>
    public const string Terminating = "Terminating";

    /// <summary>Terminated.</summary>
    public const string Terminated = "Terminated";

    /// <summary>Taken out of the group alive.</summary>
    public const string Detached = "Detached";
}
