using System.Collections.Immutable;

namespace Fleet.Core.Access;

/// <summary>A key to the API as it is stored: without its secret.</summary>
public sealed record ApiKey
{
    /// <summary>The part of the key that names it; no secret.</summary>
    public required string Id { get; init; }

    /// <summary>What it is for, in the words of who made it.</summary>
    public required string Name { get; init; }

    /// <summary>Whose key it is: the person behind all that is done with it, see <see cref="People"/>. Null where nobody said so: then nothing that it starts or approves can be told apart from what others do.</summary>
    public string? Person { get; init; }

    /// <summary>SHA-256 of the secret part, in hexadecimal digits. The secret is drawn from 256 bits, so that a slow hash would add nothing.</summary>
    public required string Hash { get; init; }

    /// <summary>What it may do.</summary>
    public required ImmutableArray<Grant> Grants { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>When it ends.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>When it was taken back; null while it is good.</summary>
    public DateTimeOffset? Revoked { get; init; }
}
