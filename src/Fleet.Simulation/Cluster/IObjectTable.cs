using Fleet.Simulation.Cluster.Objects;

namespace Fleet.Simulation.Cluster;

/// <summary>A kind's objects, whatever their type: what list and watch need.</summary>
public interface IObjectTable
{
    /// <summary>Plural with group, e.g. <c>deployments.apps</c>.</summary>
    string Resource { get; }

    /// <summary>All objects, ordered by namespace and name (ordinal), as a list page needs them.</summary>
    IEnumerable<WorldObject> All { get; }

    /// <summary>One object; null when there is none.</summary>
    WorldObject? Find(ObjectKey key);
}
