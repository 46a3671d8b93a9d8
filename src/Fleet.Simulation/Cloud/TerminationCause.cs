namespace Fleet.Simulation.Cloud;

/// <summary>Why an instance is terminated.</summary>
public enum TerminationCause
{
    /// <summary>TerminateInstanceInAutoScalingGroup named it.</summary>
    UserRequest,

    /// <summary>TerminateInstances of EC2 named it, past the group.</summary>
    Ec2Request,

    /// <summary>The group chose it because it has more instances than desired.</summary>
    ScaleIn,

    /// <summary>The group chose it to even out its zones.</summary>
    Rebalance,

    /// <summary>The group replaces it because it failed a health check.</summary>
    Unhealthy,
}
