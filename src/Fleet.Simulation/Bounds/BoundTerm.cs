namespace Fleet.Simulation.Bounds;

/// <summary>One term of the bound: a time that no rotation of this world can beat.</summary>
/// <param name="Name">What it counts: <c>slots</c>, <c>critical path</c>, <c>canary</c>, <c>canary and growth</c>, <c>zone ZONE of GROUP</c>, <c>poddisruptionbudget NAMESPACE/NAME</c>.</param>
/// <param name="Time">The least time.</param>
public sealed record BoundTerm(string Name, TimeSpan Time);
