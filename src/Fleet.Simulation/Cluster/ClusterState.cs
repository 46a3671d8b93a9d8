using Fleet.Simulation.Cluster.Index;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster;

/// <summary>The cluster's objects, their common version and change feed. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class ClusterState
{
    private readonly Dictionary<string, IObjectTable> _tables;
    private long _version = 1000;
    private long _uid;

    /// <summary>Makes an empty cluster.</summary>
    public ClusterState(World world)
    {
        World = world;
        Nodes = new(this, "nodes", namespaced: false);
        Pods = new(this, "pods");
        Budgets = new(this, "poddisruptionbudgets.policy");
        Deployments = new(this, "deployments.apps");
        ReplicaSets = new(this, "replicasets.apps");
        StatefulSets = new(this, "statefulsets.apps");
        DaemonSets = new(this, "daemonsets.apps");
        Jobs = new(this, "jobs.batch");
        Volumes = new(this, "persistentvolumes", namespaced: false);
        Claims = new(this, "persistentvolumeclaims");
        Attachments = new(this, "volumeattachments.storage.k8s.io", namespaced: false);
        CsiNodes = new(this, "csinodes.storage.k8s.io", namespaced: false);
        Leases = new(this, "leases.coordination.k8s.io");
        Events = new(this, "events");
        Namespaces = new(this, "namespaces", namespaced: false);
        ControlPlane = new ControlPlane(this);
        _tables = new IObjectTable[]
        {
            Nodes, Pods, Budgets, Deployments, ReplicaSets, StatefulSets, DaemonSets, Jobs, Volumes, Claims, Attachments, CsiNodes, Leases, Events, Namespaces,
        }.ToDictionary(table => table.Resource, StringComparer.Ordinal);
        foreach (var resource in (string[])["services", "configmaps", "secrets", "serviceaccounts", "endpointslices.discovery.k8s.io", "controllerrevisions.apps"])
        {
            Register(resource);
        }

        Register("storageclasses.storage.k8s.io", namespaced: false);
        Register("priorityclasses.scheduling.k8s.io", namespaced: false);
        foreach (var name in (string[])["default", "kube-node-lease", "kube-public", "kube-system"])
        {
            Namespaces.Put(new OpaqueObject { Meta = new ObjectMeta { Name = name, Labels = ObjectMeta.NoLabels.Add("kubernetes.io/metadata.name", name) } });
        }
    }

    /// <summary>The world around.</summary>
    public World World { get; }

    /// <summary>How long the cluster's own parts take.</summary>
    public ClusterTimings Timings { get; set; } = new();

    /// <summary>Version of the API server that answers at the endpoint. Default: v1.33.2.</summary>
    public string ServerVersion { get; set; } = Node.DefaultKubeletVersion;

    /// <summary>Who belongs to whom.</summary>
    public ClusterIndex Index { get; } = new();

    /// <summary>Scheduler, controllers, kubelets: what acts on the objects by itself.</summary>
    public ControlPlane ControlPlane { get; }

    /// <summary>Raised for each change, in order, under the world's lock.</summary>
    public event Action<Change>? Changed;

    /// <summary>Version of the store.</summary>
    public long Version => _version;

    /// <summary>Nodes.</summary>
    public ObjectTable<Node> Nodes { get; }

    /// <summary>Pods.</summary>
    public ObjectTable<Pod> Pods { get; }

    /// <summary>Disruption budgets.</summary>
    public ObjectTable<PodDisruptionBudget> Budgets { get; }

    /// <summary>Deployments.</summary>
    public ObjectTable<Deployment> Deployments { get; }

    /// <summary>ReplicaSets.</summary>
    public ObjectTable<ReplicaSet> ReplicaSets { get; }

    /// <summary>StatefulSets.</summary>
    public ObjectTable<StatefulSet> StatefulSets { get; }

    /// <summary>DaemonSets.</summary>
    public ObjectTable<DaemonSet> DaemonSets { get; }

    /// <summary>Jobs.</summary>
    public ObjectTable<Job> Jobs { get; }

    /// <summary>Persistent volumes.</summary>
    public ObjectTable<PersistentVolume> Volumes { get; }

    /// <summary>Persistent volume claims.</summary>
    public ObjectTable<PersistentVolumeClaim> Claims { get; }

    /// <summary>Volume attachments.</summary>
    public ObjectTable<VolumeAttachment> Attachments { get; }

    /// <summary>CSI drivers by node.</summary>
    public ObjectTable<CsiNode> CsiNodes { get; }

    /// <summary>Coordination leases.</summary>
    public ObjectTable<Lease> Leases { get; }

    /// <summary>Events.</summary>
    public ObjectTable<ClusterEvent> Events { get; }

    /// <summary>Namespaces; the uid of kube-system identifies the cluster.</summary>
    public ObjectTable<OpaqueObject> Namespaces { get; }

    /// <summary>All tables, one a resource.</summary>
    public IReadOnlyCollection<IObjectTable> Tables => _tables.Values;

    /// <summary>The table of a resource.</summary>
    /// <param name="resource">Plural with group, e.g. <c>deployments.apps</c>.</param>
    /// <exception cref="KeyNotFoundException">The cluster does not serve it.</exception>
    public IObjectTable Table(string resource) =>
        _tables.TryGetValue(resource, out var table) ? table : throw new KeyNotFoundException($"the cluster does not serve the resource {resource}");

    /// <summary>The table of a resource; null when the cluster does not serve it.</summary>
    public IObjectTable? FindTable(string resource) => _tables.GetValueOrDefault(resource);

    /// <summary>Serves one more resource, on whose objects the world does not act.</summary>
    public ObjectTable<OpaqueObject> Register(string resource, bool namespaced = true)
    {
        var table = new ObjectTable<OpaqueObject>(this, resource, namespaced);
        _tables.Add(resource, table);
        return table;
    }

    /// <summary>Sets what new nodes find the cluster by: ConfigMap kube-public/cluster-info.</summary>
    /// <param name="server">URL of the API server.</param>
    /// <param name="authority">The CA's certificate in PEM. Default: one of a cluster that nothing serves.</param>
    public void ShowClusterInfo(string server = "https://127.0.0.1:6443", string authority = ClusterInfo.Authority) => ((ObjectTable<OpaqueObject>)_tables["configmaps"]).Put(ClusterInfo.Of(server, authority));

    internal long NextVersion() => ++_version;

    internal string NextUid() => new Guid(World.Chance.Seed, 0, 0x4000, BitConverter.GetBytes(++_uid)).ToString();

    internal void Tell(Change change)
    {
        Index.Apply(change);
        ControlPlane.Observe(change);
        Changed?.Invoke(change);
    }
}
