namespace Fleet.Simulation.Cloud;

/// <summary>One instance's termination, recorded when it begins: who terminates what, and why.</summary>
/// <param name="At">World time.</param>
/// <param name="Instance">The instance as it was right before.</param>
/// <param name="Cause">Why.</param>
/// <param name="Caller">Access key of the caller; null when the group did it by itself.</param>
/// <param name="Decrement">Whether desired capacity fell with it.</param>
public sealed record InstanceTermination(DateTimeOffset At, Instance Instance, TerminationCause Cause, string? Caller, bool Decrement);
