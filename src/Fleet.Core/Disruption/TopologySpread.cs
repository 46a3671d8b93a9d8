namespace Fleet.Core.Disruption;

/// <summary>A spread constraint with DoNotSchedule (Pod Topology Spread Constraints); soft ones are not kept.</summary>
public sealed record TopologySpread(int MaxSkew, string TopologyKey, Selector Selector);
