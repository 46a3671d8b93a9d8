namespace Fleet.Simulation.Records;

/// <summary>The pods that were moved.</summary>
/// <param name="Moved">Evictable pods on outdated nodes at the start.</param>
/// <param name="Evictions">Evictions by Fleet that the world answered with 2xx.</param>
/// <param name="MaxEvictionsPerPod">The most evictions that one pod met, followed through its replacements.</param>
public sealed record PodFigures(int Moved, int Evictions, int MaxEvictionsPerPod);
