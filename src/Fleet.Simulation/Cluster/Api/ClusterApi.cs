using Fleet.Simulation.Calls;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster.Api;

/// <summary>
/// The API server's verbs as one caller uses them: each passes the world's gate (faults, denials, log) and refuses as the real server does, by <see cref="StatusException"/>.
/// Resources are plurals with group: <c>nodes</c>, <c>deployments.apps</c>.
/// </summary>
/// <param name="world">The world.</param>
/// <param name="caller">Kubernetes user, for the log and for fault rules.</param>
public sealed class ClusterApi(World world, string caller)
{
    private ClusterState Cluster => world.Cluster;

    /// <summary>All objects of a resource, in a namespace or (null) in all, ordered by namespace and name.</summary>
    /// <exception cref="StatusException">404: the cluster does not serve the resource.</exception>
    public IReadOnlyList<WorldObject> List(string resource, string? ns) =>
        Call($"list {resource}", ns ?? "", writes: false, null, () =>
        {
            var all = Served(resource).All;
            return (IReadOnlyList<WorldObject>)(ns is null ? all.ToList() : all.Where(one => one.Meta.Namespace == ns).ToList());
        });

    /// <summary>One object.</summary>
    /// <exception cref="StatusException">404.</exception>
    public WorldObject Get(string resource, ObjectKey key) =>
        Call($"get {resource}", key.ToString(), writes: false, null, () => Stored(resource, key));

    /// <summary>Creates an object; generated names are the caller's business. Status fields of kinds that the world drives start empty, except where a client may set them (pods' phase of a mirror).</summary>
    /// <exception cref="StatusException">404 unknown namespace, 403 namespace terminating, 409 AlreadyExists.</exception>
    public WorldObject Create(string resource, WorldObject wanted, bool dryRun = false) =>
        Call($"create {resource}", wanted.Meta.Key.ToString(), writes: !dryRun, null, () =>
        {
            var table = Served(resource);
            Namespaces.MustAccept(Cluster, table, wanted.Meta);
            if (table.Find(wanted.Meta.Key) is not null)
            {
                throw StatusException.AlreadyExists(resource, wanted.Meta.Name);
            }

            var admitted = Admission.Created(wanted);
            return dryRun ? admitted : table.Put(admitted);
        }, 201);

    /// <summary>Replaces an object's desired state (or its status, see <see cref="UpdateOptions.Subresource"/>); the other half and what the server owns stay as stored. The generation rises when the desired state changed.</summary>
    /// <param name="resource">Plural with group.</param>
    /// <param name="wanted">The whole object as wanted; a uid that differs from the stored one is a conflict.</param>
    /// <param name="expectedVersion">The version that the caller read; null overwrites.</param>
    /// <param name="options">How it came about.</param>
    /// <exception cref="StatusException">404, 409 Conflict, 422 Invalid for unchangeable fields.</exception>
    public WorldObject Update(string resource, WorldObject wanted, long? expectedVersion, UpdateOptions? options = null)
    {
        options ??= new UpdateOptions();
        var verb = options.Subresource is null ? $"{options.Verb} {resource}" : $"{options.Verb} {resource}/{options.Subresource}";
        return Call(verb, wanted.Meta.Key.ToString(), writes: !options.DryRun, options.Detail, () =>
        {
            var table = Served(resource);
            var stored = Stored(resource, wanted.Meta.Key);
            if (wanted.Meta.Uid.Length > 0 && wanted.Meta.Uid != stored.Meta.Uid)
            {
                throw StatusException.Precondition(resource, stored, wanted.Meta.Uid, null);
            }

            if (expectedVersion is { } version && version != stored.Meta.ResourceVersion)
            {
                throw StatusException.Modified(resource, wanted.Meta.Name);
            }

            var admitted = Admission.Updated(resource, wanted, stored, options.Subresource == "status");
            if (options.DryRun || ReferenceEquals(admitted, stored))
            {
                return admitted;
            }

            if (admitted.Meta.DeletionTimestamp is not null && admitted.Meta.Finalizers.IsEmpty && Deletion.DoneBut(admitted))
            {
                table.Remove(admitted.Meta.Key);
                return admitted;
            }

            return table.Put(admitted);
        });
    }

    /// <summary>Deletes an object: pods gracefully, others at once unless finalizers hold them.</summary>
    /// <returns>The object as it stood at the deletion.</returns>
    /// <exception cref="StatusException">404, 409 on a precondition that fails.</exception>
    public WorldObject Delete(string resource, ObjectKey key, DeleteOptions? options = null)
    {
        options ??= new DeleteOptions();
        return Call($"delete {resource}", key.ToString(), writes: !options.DryRun, Grace(options.GraceSeconds), () =>
            Deletion.Delete(Cluster, Served(resource), Stored(resource, key), options));
    }

    /// <summary>Evicts a pod within its budget (API-initiated Eviction). Success means that the deletion is under way, with grace.</summary>
    /// <exception cref="StatusException">
    /// 404 and 409: gone, or another pod of that name; 429 with cause DisruptionBudget: the budget would break, or (with a hint of 10 s) is not yet processed;
    /// 500: two budgets select the pod; 403: the budget's status is beyond its limits, or the namespace is terminating.
    /// </exception>
    public void Evict(ObjectKey pod, EvictOptions? options = null)
    {
        options ??= new EvictOptions();
        Call("create pods/eviction", pod.ToString(), writes: !options.DryRun, Precondition(options), () =>
        {
            Eviction.Evict(Cluster, pod, options);
            return true;
        }, 201);
    }

    private static string? Grace(int? seconds) => seconds is { } given ? $"grace={given}s" : null;

    private static string? Precondition(EvictOptions options) =>
        options.Uid is { } uid ? Grace(options.GraceSeconds) is { } grace ? $"uid={uid} {grace}" : $"uid={uid}" : Grace(options.GraceSeconds);

    private IObjectTable Served(string resource) =>
        Cluster.FindTable(resource) ?? throw new StatusException(404, "NotFound", "the server could not find the requested resource");

    private WorldObject Stored(string resource, ObjectKey key) =>
        Served(resource).Find(key) ?? throw StatusException.NotFound(resource, key.Name);

    private T Call<T>(string verb, string subject, bool writes, string? detail, Func<T> body, int success = 200) =>
        world.Calls.Make(new WorldCall(Fleet.Simulation.Calls.Api.Kubernetes, caller, verb, subject, writes, detail), body, success);
}
