namespace Fleet.Simulation.Worlds;

/// <summary>Kinds of workload that a world describes.</summary>
public enum WorkloadKind
{
    /// <summary>Deployment.</summary>
    Deployment,

    /// <summary>StatefulSet.</summary>
    StatefulSet,

    /// <summary>DaemonSet.</summary>
    DaemonSet,

    /// <summary>Job.</summary>
    Job,

    /// <summary>Pods without an owner, NAME-0 and so on.</summary>
    Pod,
}
