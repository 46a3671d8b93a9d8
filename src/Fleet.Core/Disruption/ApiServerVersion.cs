namespace Fleet.Core.Disruption;

/// <summary>An API server of a cluster and its version.</summary>
/// <param name="Name">The pod that it runs in, or what stands before it.</param>
/// <param name="Version">Version, e.g. <c>v1.33.2</c>.</param>
public sealed record ApiServerVersion(string Name, string Version);
