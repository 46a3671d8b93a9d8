namespace Fleet.Simulation.Cloud;

/// <summary>Answer of LaunchInstances.</summary>
/// <param name="Zone">Zone of the launch.</param>
/// <param name="Instances">What was launched.</param>
/// <param name="Failure">Why fewer came than were asked for; null when all did.</param>
public sealed record LaunchedInstances(string Zone, IReadOnlyList<Instance> Instances, string? Failure);
