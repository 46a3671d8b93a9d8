namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A required (anti-)affinity term: pods of the same namespace that match, within one value of the topology key.</summary>
public sealed record PodAffinityTerm(string TopologyKey, LabelSelector Selector);
