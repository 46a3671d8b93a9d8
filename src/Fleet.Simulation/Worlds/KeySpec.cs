using Fleet.Simulation.Cloud;

namespace Fleet.Simulation.Worlds;

/// <summary>A KMS key of a world.</summary>
/// <param name="Key">The key.</param>
/// <param name="Region">Its region; null for the world's own.</param>
public sealed record KeySpec(EncryptionKey Key, string? Region = null);
