namespace Fleet.Core.Disruption;

/// <summary>A required inter-pod (anti-)affinity term: matching pods of the same namespace within one value of a node label.</summary>
public sealed record AffinityTerm(string TopologyKey, Selector Selector);
