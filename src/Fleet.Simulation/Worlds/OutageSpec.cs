namespace Fleet.Simulation.Worlds;

/// <summary>A time without capacity in a zone.</summary>
/// <param name="Zone">Zone.</param>
/// <param name="From">From the start of the world.</param>
/// <param name="Until">From the start of the world; null for ever.</param>
public sealed record OutageSpec(string Zone, TimeSpan From, TimeSpan? Until);
