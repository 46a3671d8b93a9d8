namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A topology spread constraint.</summary>
/// <param name="MaxSkew">Greatest difference between the fullest and the emptiest domain.</param>
/// <param name="TopologyKey">Node label that names the domain.</param>
/// <param name="Hard">True for DoNotSchedule, false for ScheduleAnyway.</param>
/// <param name="Selector">Pods that are counted.</param>
public sealed record SpreadConstraint(int MaxSkew, string TopologyKey, bool Hard, LabelSelector Selector);
