namespace Fleet.Simulation.Records;

/// <summary>The pool's nodes.</summary>
/// <param name="Total">Instances in the groups at the start.</param>
/// <param name="Replaced">Instances that were outdated at the start and are gone.</param>
/// <param name="Outdated">Instances that are outdated at the end.</param>
/// <param name="MinReadySchedulable">The fewest nodes that were Ready and schedulable at any moment.</param>
public sealed record NodeFigures(int Total, int Replaced, int Outdated, int MinReadySchedulable);
