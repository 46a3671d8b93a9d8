namespace Fleet.Simulation.Calls;

/// <summary>Whereto in the world a call goes.</summary>
public enum Api
{
    /// <summary>EC2, Auto Scaling, SSM, KMS, STS.</summary>
    Aws,

    /// <summary>The cluster's API server.</summary>
    Kubernetes,

    /// <summary>A place elsewhere, behind a hook.</summary>
    Hook,
}
