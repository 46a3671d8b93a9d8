using System.Collections.Frozen;
using Fleet.Sandbox.Kubernetes.Mapping;

namespace Fleet.Sandbox.Kubernetes.Kinds;

/// <summary>Every kind that the sandbox's API serves.</summary>
internal static class KindTable
{
    private static readonly OpaqueCodec Opaque = new();

    public static IReadOnlyList<KubeKind> All { get; } =
    [
        new("", "nodes", "Node", new NodeCodec(), false, "no") { Subresources = [Status("Node", "")] },
        new("", "pods", "Pod", new PodCodec(), true, "po")
        {
            InAll = true,
            Subresources = [Status("Pod", ""), new("eviction", "Eviction", "policy", "v1", "create"), new("log", "Pod", "", "v1", "get")],
        },
        new("", "namespaces", "Namespace", new NamespaceCodec(), false, "ns") { Subresources = [Status("Namespace", "")] },
        new("", "events", "Event", new EventCodec(), true, "ev"),
        new("", "persistentvolumes", "PersistentVolume", new VolumeCodec(), false, "pv") { Subresources = [Status("PersistentVolume", "")] },
        new("", "persistentvolumeclaims", "PersistentVolumeClaim", new ClaimCodec(), true, "pvc") { Subresources = [Status("PersistentVolumeClaim", "")] },
        new("", "services", "Service", Opaque, true, "svc") { InAll = true },
        new("", "configmaps", "ConfigMap", Opaque, true, "cm"),
        new("", "secrets", "Secret", Opaque),
        new("", "serviceaccounts", "ServiceAccount", Opaque, true, "sa"),
        new("", "replicationcontrollers", "ReplicationController", Opaque, true, "rc") { InAll = true },
        Scalable("deployments", "Deployment", new DeploymentCodec(), "deploy"),
        Scalable("replicasets", "ReplicaSet", new ReplicaSetCodec(), "rs"),
        Scalable("statefulsets", "StatefulSet", new StatefulSetCodec(), "sts"),
        new("apps", "daemonsets", "DaemonSet", new DaemonSetCodec(), true, "ds") { InAll = true, Subresources = [Status("DaemonSet", "apps")] },
        new("apps", "controllerrevisions", "ControllerRevision", Opaque),
        new("batch", "jobs", "Job", new JobCodec()) { InAll = true, Subresources = [Status("Job", "batch")] },
        new("batch", "cronjobs", "CronJob", Opaque, true, "cj") { InAll = true },
        new("policy", "poddisruptionbudgets", "PodDisruptionBudget", new BudgetCodec(), true, "pdb") { Subresources = [Status("PodDisruptionBudget", "policy")] },
        new("coordination.k8s.io", "leases", "Lease", new LeaseCodec()),
        new("storage.k8s.io", "volumeattachments", "VolumeAttachment", new AttachmentCodec(), false) { Subresources = [Status("VolumeAttachment", "storage.k8s.io")] },
        new("storage.k8s.io", "csinodes", "CSINode", new CsiNodeCodec(), false),
        new("storage.k8s.io", "storageclasses", "StorageClass", Opaque, false, "sc"),
        new("storage.k8s.io", "csidrivers", "CSIDriver", Opaque, false),
        new("scheduling.k8s.io", "priorityclasses", "PriorityClass", Opaque, false, "pc"),
        new("discovery.k8s.io", "endpointslices", "EndpointSlice", Opaque),
        new("autoscaling", "horizontalpodautoscalers", "HorizontalPodAutoscaler", Opaque, true, "hpa") { Version = "v2", InAll = true },
        new("admissionregistration.k8s.io", "validatingwebhookconfigurations", "ValidatingWebhookConfiguration", Opaque, false),
        new("admissionregistration.k8s.io", "mutatingwebhookconfigurations", "MutatingWebhookConfiguration", Opaque, false),
        new("networking.k8s.io", "ingresses", "Ingress", Opaque, true, "ing"),
        new("networking.k8s.io", "networkpolicies", "NetworkPolicy", Opaque, true, "netpol"),
        new("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", Opaque, false),
        new("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding", Opaque, false),
        new("rbac.authorization.k8s.io", "roles", "Role", Opaque),
        new("rbac.authorization.k8s.io", "rolebindings", "RoleBinding", Opaque),
    ];

    private static readonly FrozenDictionary<(string, string, string), KubeKind> ByPath = All.ToFrozenDictionary(kind => (kind.Group, kind.Version, kind.Plural));
    private static readonly FrozenDictionary<string, KubeKind> ByResource = All.ToFrozenDictionary(kind => kind.Resource);

    /// <summary>The kind at a path; null when there is none.</summary>
    public static KubeKind? Find(string group, string version, string plural) => ByPath.GetValueOrDefault((group, version, plural));

    /// <summary>The kind of a table.</summary>
    public static KubeKind? Of(string resource) => ByResource.GetValueOrDefault(resource);

    private static KubeKind Scalable(string plural, string kind, ICodec codec, string shortName) => new("apps", plural, kind, codec, true, shortName)
    {
        InAll = true,
        Subresources = [new("scale", "Scale", "autoscaling", "v1", "get", "patch", "update"), Status(kind, "apps")],
    };

    private static Subresource Status(string kind, string group) => new("status", kind, group, "v1", "get", "patch", "update");
}
