using System.Collections.Immutable;

namespace Fleet.Simulation.Worlds;

/// <summary>The rotation that a demonstration does in a world.</summary>
/// <param name="Pool">Name of the pool.</param>
/// <param name="Groups">Its Auto Scaling groups.</param>
/// <param name="ImageId">The image that every instance shall have.</param>
public sealed record RotationTarget(string Pool, ImmutableArray<string> Groups, string ImageId);
