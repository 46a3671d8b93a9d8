namespace Fleet.Simulation.Cluster;

/// <summary>What happened to an object.</summary>
public enum ChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It was replaced by a newer version.</summary>
    Modified,

    /// <summary>It is gone; the change carries its last version, with the resourceVersion of the removal.</summary>
    Deleted,
}
