namespace Fleet.Simulation.Cluster.Objects;

/// <summary>Amounts that the scheduler counts.</summary>
/// <param name="MilliCpu">Thousandths of a core.</param>
/// <param name="MemoryBytes">Bytes.</param>
/// <param name="Pods">Number of pods (a pod counts 1).</param>
public readonly record struct Resources(long MilliCpu, long MemoryBytes, long Pods)
{
    /// <summary>Sum.</summary>
    public static Resources operator +(Resources a, Resources b) => new(a.MilliCpu + b.MilliCpu, a.MemoryBytes + b.MemoryBytes, a.Pods + b.Pods);

    /// <summary>Difference.</summary>
    public static Resources operator -(Resources a, Resources b) => new(a.MilliCpu - b.MilliCpu, a.MemoryBytes - b.MemoryBytes, a.Pods - b.Pods);

    /// <summary>Whether all of this fits into what is free.</summary>
    public bool FitsIn(Resources free) => MilliCpu <= free.MilliCpu && MemoryBytes <= free.MemoryBytes && Pods <= free.Pods;
}
