using System.Collections.Immutable;

namespace Fleet.Core.Disruption;

/// <summary>What Fleet's user must be allowed to do in a cluster before a rotation may start.</summary>
public static class ClusterPermissions
{
    private const string System = "kube-system";

    private static readonly ImmutableArray<(string Group, string Resource)> Watched =
    [
        ("", "nodes"),
        ("", "pods"),
        ("policy", "poddisruptionbudgets"),
        ("apps", "replicasets"),
        ("apps", "statefulsets"),
        ("apps", "daemonsets"),
        ("batch", "jobs"),
        ("storage.k8s.io", "volumeattachments"),
        ("storage.k8s.io", "csinodes"),
        ("", "persistentvolumes"),
        ("", "persistentvolumeclaims"),
    ];

    /// <summary>What every rotation does: watch the kinds that decide, mark and delete nodes, evict pods, hold the pool's lease, keep a node's events as evidence.</summary>
    public static ImmutableArray<ClusterPermission> OfRotation { get; } =
    [
        .. Watched.SelectMany(kind => new[] { new ClusterPermission("list", kind.Group, kind.Resource), new ClusterPermission("watch", kind.Group, kind.Resource) }),
        new("get", "", "namespaces", Namespace: System),
        new("get", "", "nodes"),
        new("patch", "", "nodes"),
        new("delete", "", "nodes"),
        new("create", "", "pods", "eviction"),
        new("list", "", "events"),
        new("get", "coordination.k8s.io", "leases", Namespace: System),
        new("create", "coordination.k8s.io", "leases", Namespace: System),
        new("update", "coordination.k8s.io", "leases", Namespace: System),
    ];

    /// <summary>What a run needs besides that may delete pods past their budgets once <c>drainTimeout</c> is over.</summary>
    public static ClusterPermission OfForce { get; } = new("delete", "", "pods");
}
