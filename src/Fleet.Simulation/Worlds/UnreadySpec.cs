namespace Fleet.Simulation.Worlds;

/// <summary>A time in which one pod of a workload is not ready although it runs.</summary>
/// <param name="Namespace">Namespace.</param>
/// <param name="Workload">Workload.</param>
/// <param name="Index">Which of its pods, by name, from 0.</param>
/// <param name="From">From the start of the world; 0 means before the start already.</param>
/// <param name="Until">From the start of the world; null for ever.</param>
public sealed record UnreadySpec(string Namespace, string Workload, int Index, TimeSpan From, TimeSpan? Until);
