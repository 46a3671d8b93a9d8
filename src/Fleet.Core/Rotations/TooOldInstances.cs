using System.Collections.Immutable;

namespace Fleet.Core.Rotations;

/// <summary>Instances that a run exchanges for their age, whatever they run. Named when it is ordered: what it launches itself never grows too old for it.</summary>
/// <param name="OlderThan">The age, as it was asked for.</param>
/// <param name="Instances">Their ids.</param>
public sealed record TooOldInstances(TimeSpan OlderThan, ImmutableArray<string> Instances);
