using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster;

/// <summary>A kind's objects, whatever their type: what list, watch and the generic verbs need.</summary>
public interface IObjectTable
{
    /// <summary>Plural with group, e.g. <c>deployments.apps</c>.</summary>
    string Resource { get; }

    /// <summary>Whether its objects live in namespaces.</summary>
    bool Namespaced { get; }

    /// <summary>All objects, ordered by namespace and name (ordinal), as a list page needs them.</summary>
    IEnumerable<WorldObject> All { get; }

    /// <summary>One object; null when there is none.</summary>
    WorldObject? Find(ObjectKey key);

    /// <summary>Adds or replaces an object of the table's kind and tells the change feed.</summary>
    /// <returns>The object as stored.</returns>
    WorldObject Put(WorldObject value);

    /// <summary>Removes an object at once and tells the change feed; does nothing when it is gone.</summary>
    void Remove(ObjectKey key);
}
