namespace Fleet.Core.Inventory;

/// <summary>How the pods that a rule selects are drained.</summary>
public enum DrainClass
{
    /// <summary>Evicted at once, within every budget.</summary>
    Normal,

    /// <summary>Nodes with such a pod go one at a time after all others (databases).</summary>
    Last,

    /// <summary>Not evicted: the node is tainted and waits until they end by themselves (Spark drivers).</summary>
    WaitForCompletion,
}
