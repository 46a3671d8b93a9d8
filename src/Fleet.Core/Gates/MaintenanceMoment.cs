namespace Fleet.Core.Gates;

/// <summary>What windows and exclusions say at an instant.</summary>
/// <param name="Open">Whether new slots may begin.</param>
/// <param name="Changes">When that changes; null: not by these windows and exclusions.</param>
/// <param name="Cause">What says so: the window that is open, the exclusion that holds, or all windows where none is open; empty where nothing is declared.</param>
public sealed record MaintenanceMoment(bool Open, DateTimeOffset? Changes, string Cause);
