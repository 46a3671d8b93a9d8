namespace Fleet.Simulation.Cloud;

/// <summary>A time in which EC2 has no capacity in a zone: launches there fail in their activity, not in the call.</summary>
/// <param name="Zone">Zone.</param>
/// <param name="From">First instant.</param>
/// <param name="Until">First instant after.</param>
public sealed record CapacityOutage(string Zone, DateTimeOffset From, DateTimeOffset Until);
