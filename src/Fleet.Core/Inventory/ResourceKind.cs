namespace Fleet.Core.Inventory;

/// <summary>The kinds of documents.</summary>
public enum ResourceKind
{
    /// <summary>A cluster.</summary>
    Cluster,

    /// <summary>A node pool.</summary>
    NodePool,

    /// <summary>A schedule.</summary>
    Schedule,

    /// <summary>A recipe of machine images.</summary>
    Recipe,
}
