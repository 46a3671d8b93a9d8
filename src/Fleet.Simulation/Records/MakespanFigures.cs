namespace Fleet.Simulation.Records;

/// <summary>How long it took, and how long it had to take.</summary>
/// <param name="Seconds">World time from the start of the record to its end.</param>
/// <param name="LowerBoundSeconds">The bound computed before the run; null when none was.</param>
/// <param name="BindingConstraint">The term of the bound that binds; null when none was computed.</param>
public sealed record MakespanFigures(double Seconds, double? LowerBoundSeconds, string? BindingConstraint);
