namespace Fleet.Core.Rotations.Preflight;

/// <summary>An outdated node in a plan.</summary>
/// <param name="Order">From 1.</param>
/// <param name="Node">Node name; null when the instance has none.</param>
/// <param name="InstanceId">Instance.</param>
/// <param name="Group">Group.</param>
/// <param name="Zone">Zone.</param>
/// <param name="Image">The image that it runs.</param>
/// <param name="Pods">Pods that will be evicted.</param>
/// <param name="Remark">Why it has its place: canary, not ready, last; empty for none.</param>
public sealed record PlannedNode(int Order, string? Node, string InstanceId, string Group, string Zone, string Image, int Pods, string Remark);
