namespace Fleet.Simulation.Cluster.Index;

/// <summary>The pods of one controller (ReplicaSet, StatefulSet, DaemonSet, Job), by its uid.</summary>
public sealed class OwnerEntry
{
    internal OwnerEntry(string uid) => Uid = uid;

    /// <summary>The controller's uid.</summary>
    public string Uid { get; }

    /// <summary>Its pods, whatever their state.</summary>
    public IReadOnlyCollection<PodEntry> Pods => PodSet;

    internal HashSet<PodEntry> PodSet { get; } = [];

    /// <summary>Pods that occupy a node and are not terminating, by node.</summary>
    internal Dictionary<string, int> PerNode { get; } = new(StringComparer.Ordinal);
}
