namespace Fleet.Core.Rotations;

/// <summary>What EC2 tells of an instance.</summary>
/// <param name="Id">Id.</param>
/// <param name="ImageId">The image it really runs.</param>
/// <param name="State"><c>pending</c>, <c>running</c>, <c>shutting-down</c>, <c>terminated</c> …</param>
/// <param name="Launched">Launch time.</param>
/// <param name="PrivateDnsName">Private DNS name; null when it has none.</param>
public sealed record InstanceFacts(string Id, string ImageId, string State, DateTimeOffset Launched, string? PrivateDnsName = null);
