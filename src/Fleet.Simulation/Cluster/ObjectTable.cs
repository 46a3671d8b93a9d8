using System.Diagnostics.CodeAnalysis;
using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster;

/// <summary>
/// A kind's objects. This is the raw store: no admission, no graceful deletion (see <see cref="Api.ClusterApi"/> for the verbs that clients use).
/// Puts assign resourceVersion, uid and creation time and tell the change feed. Guarded by <see cref="World.Gate"/>.
/// </summary>
public sealed class ObjectTable<T>(ClusterState cluster, string resource, bool namespaced = true) : IObjectTable
    where T : WorldObject
{
    private readonly SortedDictionary<ObjectKey, T> _objects = new(Comparer<ObjectKey>.Create((a, b) =>
        string.CompareOrdinal(a.Namespace, b.Namespace) is var order and not 0 ? order : string.CompareOrdinal(a.Name, b.Name)));

    /// <inheritdoc/>
    public string Resource => resource;

    /// <inheritdoc/>
    public bool Namespaced => namespaced;

    /// <summary>Number of objects.</summary>
    public int Count => _objects.Count;

    /// <summary>All objects, ordered by namespace and name.</summary>
    public IEnumerable<T> Objects => _objects.Values;

    IEnumerable<WorldObject> IObjectTable.All => _objects.Values;

    /// <summary>One object; null when there is none.</summary>
    public T? this[ObjectKey key] => _objects.GetValueOrDefault(key);

    /// <summary>One object.</summary>
    public bool TryGet(ObjectKey key, [NotNullWhen(true)] out T? found) => _objects.TryGetValue(key, out found);

    WorldObject? IObjectTable.Find(ObjectKey key) => this[key];

    WorldObject IObjectTable.Put(WorldObject value) => Put((T)value);

    /// <summary>Adds or replaces an object and tells the change feed.</summary>
    /// <returns>The object as stored.</returns>
    public T Put(T value)
    {
        var before = this[value.Meta.Key];
        var version = cluster.NextVersion();
        var meta = value.Meta with
        {
            ResourceVersion = version,
            Uid = before?.Meta.Uid ?? (value.Meta.Uid.Length > 0 ? value.Meta.Uid : cluster.NextUid()),
            Created = before?.Meta.Created ?? (value.Meta.Created == default ? cluster.World.Now : value.Meta.Created),
        };
        var stored = value with { Meta = meta };
        _objects[stored.Meta.Key] = stored;
        cluster.Tell(new Change(before is null ? ChangeKind.Added : ChangeKind.Modified, resource, stored, before, version));
        return stored;
    }

    /// <summary>Removes an object at once and tells the change feed; does nothing when it is gone.</summary>
    public void Remove(ObjectKey key)
    {
        if (_objects.Remove(key, out var last))
        {
            var version = cluster.NextVersion();
            cluster.Tell(new Change(ChangeKind.Deleted, resource, last with { Meta = last.Meta with { ResourceVersion = version } }, last, version));
        }
    }
}
