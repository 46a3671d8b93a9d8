namespace Fleet.Core.Disruption;

/// <summary>A place found for a pod that has to move.</summary>
/// <param name="Pod">The pod as it is now.</param>
/// <param name="Node">The node that has room for it.</param>
public sealed record Placement(Pod Pod, string Node);
