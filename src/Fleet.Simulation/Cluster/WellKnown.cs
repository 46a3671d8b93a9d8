namespace Fleet.Simulation.Cluster;

/// <summary>Well-known labels, annotations and taints (Kubernetes: Well-Known Labels, Annotations and Taints).</summary>
public static class WellKnown
{
    /// <summary>Label: the node's zone.</summary>
    public const string Zone = "topology.kubernetes.io/zone";

    /// <summary>Label: the node's region.</summary>
    public const string Region = "topology.kubernetes.io/region";

    /// <summary>Label: the node's host name.</summary>
    public const string Hostname = "kubernetes.io/hostname";

    /// <summary>Label: the instance type.</summary>
    public const string InstanceType = "node.kubernetes.io/instance-type";

    /// <summary>Taint of a cordoned node.</summary>
    public const string Unschedulable = "node.kubernetes.io/unschedulable";

    /// <summary>Taint of a node that is not Ready.</summary>
    public const string NotReady = "node.kubernetes.io/not-ready";

    /// <summary>Taint of a node whose kubelet is silent.</summary>
    public const string Unreachable = "node.kubernetes.io/unreachable";

    /// <summary>Taint of a node that the cloud controller has not yet initialised.</summary>
    public const string Uninitialized = "node.cloudprovider.kubernetes.io/uninitialized";

    /// <summary>Label that takes a node out of service load balancers.</summary>
    public const string ExcludeFromLoadBalancers = "node.kubernetes.io/exclude-from-external-load-balancers";
}
