using Fleet.Core.Disruption;

namespace Fleet.Core.Rotations;

/// <summary>The names that Fleet puts on customers' objects; nothing without such a mark is ever removed.</summary>
public static class FleetMarks
{
    /// <summary>Soft taint of outdated nodes.</summary>
    public static readonly NodeTaint Outdated = new("fleet/outdated", null, "PreferNoSchedule");

    /// <summary>Annotation of a node with the id of the run that has marked it.</summary>
    public const string Run = "fleet/run";

    /// <summary>Keeps the cluster autoscaler off a node (Cluster Autoscaler FAQ, "How can I prevent Cluster Autoscaler from scaling down a particular node?").</summary>
    public const string ScaleDownDisabled = "cluster-autoscaler.kubernetes.io/scale-down-disabled";

    /// <summary>Takes a node out of service load balancers (Well-Known Labels, Annotations and Taints).</summary>
    public const string ExcludeFromLoadBalancers = "node.kubernetes.io/exclude-from-external-load-balancers";
}
