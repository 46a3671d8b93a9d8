using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Whether a new node can do what the old ones did: Ready alone does not mean that pods with volumes or a network can run there.</summary>
public static class NodeReadiness
{
    private static readonly HashSet<string> StartupTaints =
    [
        "node.kubernetes.io/not-ready",
        "node.kubernetes.io/unreachable",
        "node.kubernetes.io/network-unavailable",
        "node.cloudprovider.kubernetes.io/uninitialized",
        "node.cilium.io/agent-not-ready",
        "ebs.csi.aws.com/agent-not-ready",
        "efs.csi.aws.com/agent-not-ready",
        "fsx.csi.aws.com/agent-not-ready",
    ];

    // cluster-autoscaler's convention for taints that an agent takes away (Cluster Autoscaler FAQ).
    private static readonly string[] StartupPrefixes = ["startup-taint.cluster-autoscaler.kubernetes.io/", "ignore-taint.cluster-autoscaler.kubernetes.io/"];

    /// <summary>Looks at a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="view">The cluster.</param>
    /// <param name="policy">The pool's policy.</param>
    /// <param name="expectedCsiDrivers">CSI drivers that the pool's old nodes have.</param>
    /// <param name="now">Policy time.</param>
    public static NodeProof Check(Node node, ClusterView view, RotationPolicy policy, IReadOnlySet<string> expectedCsiDrivers, DateTimeOffset now)
    {
        if (Missing(node, view, policy, expectedCsiDrivers) is { } reason)
        {
            return new(reason);
        }

        var proven = (node.ReadySince ?? node.Created) + policy.MinReady;
        return proven <= now ? new(null) : new(
            Of(node, DisruptionCodes.MinReady, $"is Ready since {node.ReadySince ?? node.Created:HH:mm:ss}", $"minReadySeconds {policy.MinReady.TotalSeconds:0}", $"{(proven - now).TotalSeconds:0} s to go", "wait"),
            proven);
    }

    /// <summary>Whether a taint means that a node is still starting.</summary>
    public static bool IsStartup(NodeTaint taint, RotationPolicy policy) =>
        StartupTaints.Contains(taint.Key) || policy.StartupTaints.Contains(taint.Key) || StartupPrefixes.Any(prefix => taint.Key.StartsWith(prefix, StringComparison.Ordinal));

    private static Reason? Missing(Node node, ClusterView view, RotationPolicy policy, IReadOnlySet<string> expectedCsiDrivers)
    {
        if (!node.Ready)
        {
            return Of(node, DisruptionCodes.NodeNotReady, "is not Ready", "condition Ready", "not Ready", $"kubectl describe node {node.Name}; look at its kubelet and its network plugin");
        }

        // A node name made from private DNS is reused, and the new instance inherits the dead node's cordon.
        if (node.Unschedulable)
        {
            return Of(node, DisruptionCodes.NodeCordoned, "is new and cordoned", "schedulable", "cordoned", $"kubectl uncordon {node.Name}, unless somebody wants it so");
        }

        if (node.Taints.FirstOrDefault(taint => IsStartup(taint, policy)) is { } taint)
        {
            return Of(node, DisruptionCodes.StartupTaint, $"still has the startup taint {taint.Key}", "no startup taint", $"{taint.Key}:{taint.Effect}", "wait for the agent that takes it away, and look at that agent if it does not");
        }

        if (node.Allocatable.MilliCpu <= 0 || node.Allocatable.Pods <= 0)
        {
            return Of(node, DisruptionCodes.NotRegistered, "has not said what pods may use", "allocatable", "none", "wait for its kubelet");
        }

        if (expectedCsiDrivers.Where(driver => !node.CsiDrivers.Contains(driver)).Order(StringComparer.Ordinal).FirstOrDefault() is { } driver)
        {
            return Of(node, DisruptionCodes.CsiDriverMissing, $"has no CSI driver {driver}, which the pool's other nodes have", driver, node.CsiDrivers.Count == 0 ? "none" : string.Join(", ", node.CsiDrivers), $"look at the node pod of {driver} on it");
        }

        return view.Owners.Values
            .Where(owner => owner.DaemonTemplate is { } template && DaemonPlacement.IsDue(template, node))
            .OrderBy(owner => owner.Key.ToString(), StringComparer.Ordinal)
            .Select(owner => Daemon(owner, node, view))
            .FirstOrDefault(reason => reason is not null);
    }

    private static Reason? Daemon(Owner owner, Node node, ClusterView view)
    {
        var pod = view.PodsOn(node.Name).Where(pod => pod.Owner?.Uid == owner.Key.Uid && pod.DeletionDue is null).MaxBy(pod => pod.Ready);
        return pod is { Ready: true } ? null : Of(
            node,
            DisruptionCodes.DaemonPodNotReady,
            $"has no ready pod of {owner.Key}",
            $"{owner.Key} ready",
            pod is null ? "no pod" : $"pod {pod.Key} is {pod.Phase} and not ready",
            pod is null ? $"kubectl describe {owner.Key.Kind.ToLowerInvariant()} -n {owner.Key.Namespace} {owner.Key.Name}" : $"kubectl describe pod -n {pod.Namespace} {pod.Name}");
    }

    private static Reason Of(Node node, string code, string what, string limit, string value, string cure) => new()
    {
        Code = code,
        Sentence = $"node {node.Name} {what}",
        Object = $"node {node.Name}",
        Limit = limit,
        Value = value,
        Cure = cure,
        Node = node.Name,
    };
}
