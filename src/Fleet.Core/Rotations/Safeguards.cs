using System.Collections.Immutable;

namespace Fleet.Core.Rotations;

/// <summary>Which safeguards a rotation keeps.</summary>
internal sealed record Safeguards
{
    /// <summary>Every one: what production has.</summary>
    public static readonly Safeguards All = new();

    private readonly ImmutableHashSet<Safeguard> _off = [];

    /// <summary>Whether a safeguard is kept.</summary>
    public bool Keep(Safeguard safeguard) => !_off.Contains(safeguard);

    /// <summary>All of these but one.</summary>
    public Safeguards Without(Safeguard safeguard) => new(_off.Add(safeguard));

    private Safeguards(ImmutableHashSet<Safeguard> off) => _off = off;

    private Safeguards()
    {
    }
}
