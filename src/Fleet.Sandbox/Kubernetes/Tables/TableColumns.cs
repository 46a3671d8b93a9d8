using Fleet.Sandbox.Kubernetes.Mapping;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Sandbox.Kubernetes.Tables;

/// <summary>The columns of each kind, as the server's printers define them (pkg/printers/internalversion).</summary>
internal static class TableColumns
{
    private static readonly TableColumn[] Plain = [TableColumn.Named, TableColumn.Age];

    private static readonly Dictionary<string, TableColumn[]> ByResource = new(StringComparer.Ordinal)
    {
        ["nodes"] =
        [
            TableColumn.Named,
            TableColumn.Of<Node>("Status", node => (node.Ready switch { true => "Ready", false => "NotReady", null => "NotReady" }) + (node.Unschedulable ? ",SchedulingDisabled" : "")),
            TableColumn.Of<Node>("Roles", node => string.Join(',', node.Meta.Labels.Keys.Where(label => label.StartsWith("node-role.kubernetes.io/", StringComparison.Ordinal)).Select(label => label[24..])) is { Length: > 0 } roles ? roles : "<none>"),
            TableColumn.Age,
            TableColumn.Of<Node>("Version", node => node.KubeletVersion),
            TableColumn.Of<Node>("Internal-IP", node => node.InternalIp.Length > 0 ? node.InternalIp : "<none>", priority: 1),
            TableColumn.Of<Node>("External-IP", _ => "<none>", priority: 1),
            TableColumn.Of<Node>("OS-Image", node => node.ImageId.Length > 0 ? node.ImageId : "<unknown>", priority: 1),
            TableColumn.Of<Node>("Kernel-Version", _ => "6.12.0", priority: 1),
            TableColumn.Of<Node>("Container-Runtime", _ => "containerd://2.0.5", priority: 1),
        ],
        ["pods"] =
        [
            TableColumn.Named,
            TableColumn.Of<Pod>("Ready", pod => $"{(pod.Ready ? Containers(pod) : 0)}/{Containers(pod)}"),
            TableColumn.Of<Pod>("Status", PodState),
            TableColumn.Of<Pod>("Restarts", _ => "0"),
            TableColumn.Age,
            TableColumn.Of<Pod>("IP", pod => PodStatus.Render(pod, []).Text("podIP") ?? "<none>", priority: 1),
            TableColumn.Of<Pod>("Node", pod => pod.NodeName ?? "<none>", priority: 1),
            TableColumn.Of<Pod>("Nominated Node", _ => "<none>", priority: 1),
            TableColumn.Of<Pod>("Readiness Gates", _ => "<none>", priority: 1),
        ],
        ["poddisruptionbudgets.policy"] =
        [
            TableColumn.Named,
            TableColumn.Of<PodDisruptionBudget>("Min Available", budget => budget.MinAvailable ?? "N/A"),
            TableColumn.Of<PodDisruptionBudget>("Max Unavailable", budget => budget.MaxUnavailable ?? "N/A"),
            TableColumn.Of<PodDisruptionBudget>("Allowed Disruptions", budget => budget.DisruptionsAllowed, "integer"),
            TableColumn.Age,
        ],
        ["deployments.apps"] =
        [
            TableColumn.Named,
            TableColumn.Of<Deployment>("Ready", one => $"{one.ReadyReplicas}/{one.Replicas}"),
            TableColumn.Of<Deployment>("Up-to-date", one => one.Current, "integer"),
            TableColumn.Of<Deployment>("Available", one => one.ReadyReplicas, "integer"),
            TableColumn.Age,
            .. Template<Deployment>(),
        ],
        ["replicasets.apps"] =
        [
            TableColumn.Named,
            TableColumn.Of<ReplicaSet>("Desired", one => one.Replicas, "integer"),
            TableColumn.Of<ReplicaSet>("Current", one => one.Current, "integer"),
            TableColumn.Of<ReplicaSet>("Ready", one => one.ReadyReplicas, "integer"),
            TableColumn.Age,
            .. Template<ReplicaSet>(),
        ],
        ["statefulsets.apps"] = [TableColumn.Named, TableColumn.Of<StatefulSet>("Ready", one => $"{one.ReadyReplicas}/{one.Replicas}"), TableColumn.Age, .. Template<StatefulSet>()[..2]],
        ["daemonsets.apps"] =
        [
            TableColumn.Named,
            TableColumn.Of<DaemonSet>("Desired", one => one.Replicas, "integer"),
            TableColumn.Of<DaemonSet>("Current", one => one.Current, "integer"),
            TableColumn.Of<DaemonSet>("Ready", one => one.ReadyReplicas, "integer"),
            TableColumn.Of<DaemonSet>("Up-to-date", one => one.Current, "integer"),
            TableColumn.Of<DaemonSet>("Available", one => one.ReadyReplicas, "integer"),
            TableColumn.Of<DaemonSet>("Node Selector", one => TableColumn.Joined(one.Template.NodeSelector)),
            TableColumn.Age,
            .. Template<DaemonSet>(),
        ],
        ["jobs.batch"] =
        [
            TableColumn.Named,
            TableColumn.Of<Job>("Status", job => job.Succeeded >= job.Completions ? "Complete" : "Running"),
            TableColumn.Of<Job>("Completions", job => $"{job.Succeeded}/{job.Completions}"),
            TableColumn.Age,
            .. Template<Job>(),
        ],
        ["events"] =
        [
            new("Last Seen", (value, now) => TableColumn.Since(((ClusterEvent)value).Last, now)),
            TableColumn.Of<ClusterEvent>("Type", one => one.Type),
            TableColumn.Of<ClusterEvent>("Reason", one => one.Reason),
            TableColumn.Of<ClusterEvent>("Object", one => $"{one.InvolvedKind.ToLowerInvariant()}/{one.Involved.Name}"),
            TableColumn.Of<ClusterEvent>("Source", one => one.Component, priority: 1),
            TableColumn.Of<ClusterEvent>("Message", one => one.Message),
            new("First Seen", (value, now) => TableColumn.Since(((ClusterEvent)value).First, now), "string", 1),
            TableColumn.Of<ClusterEvent>("Count", one => one.Count, "integer", 1),
            new("Name", (value, _) => value.Meta.Name, "string", 1),
        ],
        ["namespaces"] = [TableColumn.Named, TableColumn.Of<OpaqueObject>("Status", one => one.Meta.DeletionTimestamp is null ? "Active" : "Terminating"), TableColumn.Age],
        ["leases.coordination.k8s.io"] = [TableColumn.Named, TableColumn.Of<Lease>("Holder", lease => lease.Holder ?? ""), TableColumn.Age],
        ["volumeattachments.storage.k8s.io"] =
        [
            TableColumn.Named,
            TableColumn.Of<VolumeAttachment>("Attacher", one => one.Attacher),
            TableColumn.Of<VolumeAttachment>("PV", one => one.VolumeName),
            TableColumn.Of<VolumeAttachment>("Node", one => one.NodeName),
            TableColumn.Of<VolumeAttachment>("Attached", one => one.Attached, "boolean"),
            TableColumn.Age,
        ],
        ["csinodes.storage.k8s.io"] = [TableColumn.Named, TableColumn.Of<CsiNode>("Drivers", one => one.Drivers.Length, "integer"), TableColumn.Age],
        ["persistentvolumes"] =
        [
            TableColumn.Named,
            TableColumn.Of<PersistentVolume>("Capacity", _ => "10Gi"),
            TableColumn.Of<PersistentVolume>("Access Modes", _ => "RWO"),
            TableColumn.Of<PersistentVolume>("Reclaim Policy", _ => "Delete"),
            TableColumn.Of<PersistentVolume>("Status", one => one.Claim is null ? "Available" : "Bound"),
            TableColumn.Of<PersistentVolume>("Claim", one => one.Claim?.ToString() ?? ""),
            TableColumn.Age,
        ],
        ["persistentvolumeclaims"] =
        [
            TableColumn.Named,
            TableColumn.Of<PersistentVolumeClaim>("Status", one => one.VolumeName is null ? "Pending" : "Bound"),
            TableColumn.Of<PersistentVolumeClaim>("Volume", one => one.VolumeName ?? ""),
            TableColumn.Age,
        ],
        ["services"] =
        [
            TableColumn.Named,
            TableColumn.Of<OpaqueObject>("Type", one => TableColumn.Unmodelled(one, "spec", "type", "ClusterIP")),
            TableColumn.Of<OpaqueObject>("Cluster-IP", one => TableColumn.Unmodelled(one, "spec", "clusterIP")),
            TableColumn.Of<OpaqueObject>("External-IP", _ => "<none>"),
            TableColumn.Age,
        ],
        ["configmaps"] = [TableColumn.Named, TableColumn.Of<OpaqueObject>("Data", one => one.Unmodelled.Object("data")?.Count ?? 0, "integer"), TableColumn.Age],
    };

    /// <summary>The columns of a kind; name and age for those that have none of their own.</summary>
    public static IReadOnlyList<TableColumn> Of(string resource) => ByResource.GetValueOrDefault(resource, Plain);

    private static int Containers(Pod pod) => Math.Max(1, pod.Template.Unmodelled.Object("spec").Array("containers")?.Count ?? 1);

    private static System.Text.Json.Nodes.JsonNode? PodState(Pod pod) => pod switch
    {
        { Meta.DeletionTimestamp: not null } => "Terminating",
        { Phase: PodPhase.Succeeded } => "Completed",
        { Phase: PodPhase.Failed } => "Error",
        { Phase: PodPhase.Pending, NodeName: not null } => "ContainerCreating",
        _ => pod.Phase.ToString(),
    };

    private static TableColumn[] Template<T>()
        where T : Workload =>
    [
        TableColumn.Of<T>("Containers", one => string.Join(',', TemplateCodec.Render(one.Template).Object("spec").Objects("containers").Select(container => container.Text("name"))), priority: 1),
        TableColumn.Of<T>("Images", one => string.Join(',', TemplateCodec.Render(one.Template).Object("spec").Objects("containers").Select(container => container.Text("image"))), priority: 1),
        TableColumn.Of<T>("Selector", one => TableColumn.Joined(one.Selector.MatchLabels), priority: 1),
    ];
}
