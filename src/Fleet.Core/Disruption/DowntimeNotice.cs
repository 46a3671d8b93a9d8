namespace Fleet.Core.Disruption;

/// <summary>An owner whose service is interrupted when its pod moves, whatever Fleet does.</summary>
/// <param name="Owner">The owner, e.g. <c>deployment shop/admin</c>.</param>
/// <param name="Pod">Its one pod, <c>namespace/name</c>.</param>
/// <param name="Node">The node on which it is.</param>
/// <param name="Why">Why it cannot be avoided, in words.</param>
public sealed record DowntimeNotice(string Owner, string Pod, string Node, string Why);
