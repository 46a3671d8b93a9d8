namespace Fleet.Core.Disruption;

/// <summary>On which nodes a DaemonSet's pods are due (DaemonSet, "How Daemon Pods are scheduled").</summary>
public static class DaemonPlacement
{
    // The DaemonSet controller adds these tolerations to every pod.
    private static readonly HashSet<string> AlwaysTolerated =
    [
        "node.kubernetes.io/not-ready",
        "node.kubernetes.io/unreachable",
        "node.kubernetes.io/disk-pressure",
        "node.kubernetes.io/memory-pressure",
        "node.kubernetes.io/pid-pressure",
        "node.kubernetes.io/unschedulable",
    ];

    /// <summary>Whether a pod of the template is due on a node.</summary>
    public static bool IsDue(Pod template, Node node) =>
        NodeMatch.Selects(template, node) && node.Taints.All(taint => AlwaysTolerated.Contains(taint.Key) || NodeMatch.Tolerates(template, taint));
}
