namespace Fleet.Simulation.Cluster;

/// <summary>How long the cluster's own parts take. The defaults are those of a lightly loaded cluster on EC2.</summary>
public sealed record ClusterTimings
{
    /// <summary>From a change to a controller's answer to it. Default: 20 ms (measured: ready → budget updated 0.02 s).</summary>
    public TimeSpan Reconcile { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>From a new pod to the scheduler's pass. Default: 10 ms.</summary>
    public TimeSpan Schedule { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>From the attach request to the volume's being attached. Default: 3 s.</summary>
    public TimeSpan Attach { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>From the end of the last pod that used a volume on a node to its being detached. Default: 5 s.</summary>
    public TimeSpan Detach { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same where the node died before it unmounted. Default: 6 min (ReconcilerMaxWaitForUnmount).</summary>
    public TimeSpan ForcedDetach { get; init; } = TimeSpan.FromMinutes(6);

    /// <summary>From the death of a machine to its pods' being known as not ready. Default: 2 s.</summary>
    public TimeSpan PodLoss { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From a kubelet's last word to condition Ready Unknown (node-monitor-grace-period). Default: 40 s.</summary>
    public TimeSpan NodeMonitorGrace { get; init; } = TimeSpan.FromSeconds(40);

    /// <summary>From a node's registration to its initialisation by the cloud controller. Default: 1 s.</summary>
    public TimeSpan Initialise { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From EC2's <em>terminated</em> to the removal of the Node object by the cloud controller. Default: 5 s.</summary>
    public TimeSpan NodeRemoval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From the exclusion label to a node's being out of every load balancer: the controller's sync plus the target group's deregistration delay. Default: 30 s (AWS's own default delay is 300 s).</summary>
    public TimeSpan LoadBalancer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a granted eviction counts in a budget's disruptedPods when its pod does not end. Default: 2 min (DeletionTimeout).</summary>
    public TimeSpan DisruptedPod { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A scheduling attempt's first wait after a failure; doubles up to ten times as much. Default: 1 s.</summary>
    public TimeSpan SchedulerBackoff { get; init; } = TimeSpan.FromSeconds(1);
}
