namespace Fleet.Simulation.Calls;

/// <summary>Which of the world's two APIs a call goes to.</summary>
public enum Api
{
    /// <summary>EC2, Auto Scaling, SSM, STS.</summary>
    Aws,

    /// <summary>The cluster's API server.</summary>
    Kubernetes,
}
