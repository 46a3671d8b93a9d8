using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>A grant on a key.</summary>
/// <param name="Id">Id, unique for the key.</param>
/// <param name="Grantee">ARN of who has it.</param>
/// <param name="Operations">For which operations.</param>
public sealed record EncryptionGrant(string Id, string Grantee, ImmutableArray<string> Operations)
{
    /// <summary>The encryption context that it holds for; empty for any.</summary>
    public ImmutableSortedDictionary<string, string> Context { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
