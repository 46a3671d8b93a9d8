namespace Fleet.Core.Runs;

/// <summary>A run's cluster is declared and its pool is not: it was deleted after the order was checked.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="pool">The pool.</param>
public sealed class PoolUndeclaredException(string cluster, string pool) : InvalidOperationException($"there is no node pool {cluster}/{pool} any more: it was deleted meanwhile")
{
    /// <summary>The cluster.</summary>
    public string Cluster { get; } = cluster;

    /// <summary>The pool.</summary>
    public string Pool { get; } = pool;
}
