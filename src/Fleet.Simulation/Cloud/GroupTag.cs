namespace Fleet.Simulation.Cloud;

/// <summary>A tag of an Auto Scaling group.</summary>
/// <param name="Value">Its value.</param>
/// <param name="PropagateAtLaunch">Whether new instances get it.</param>
public sealed record GroupTag(string Value, bool PropagateAtLaunch);
