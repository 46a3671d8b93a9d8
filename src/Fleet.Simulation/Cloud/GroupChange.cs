namespace Fleet.Simulation.Cloud;

/// <summary>One change of a group's settings.</summary>
/// <param name="Before">The group before; null when it was made.</param>
/// <param name="After">The group after; null when it was deleted.</param>
/// <param name="Caller">Access key of the caller; null when the world did it.</param>
public sealed record GroupChange(AutoScalingGroup? Before, AutoScalingGroup? After, string? Caller);
