using System.Collections.Immutable;

namespace Fleet.Core.Access;

/// <summary>Who asks for something.</summary>
/// <param name="Name">Name in the audit log: <c>key NAME (ID)</c>, <c>ISSUER SUBJECT</c>, or <c>local</c>.</param>
/// <param name="Grants">What the caller may do.</param>
/// <param name="Person">The person behind the caller, see <see cref="People"/>: of a token its <c>ISSUER SUBJECT</c>, of a key whoever it was made for; null where that is not known.</param>
public sealed record Caller(string Name, ImmutableArray<Grant> Grants, string? Person = null)
{
    /// <summary>Whoever reaches a service that listens on loopback only: may do everything.</summary>
    public static Caller Local { get; } = new("local", [new Grant(Role.Admin, [])]);

    /// <summary>The name, and the person where the name does not tell.</summary>
    public string Described => Person is null || Person == Name ? Name : $"{Name} of {Person}";

    /// <summary>Whether the caller may act in a role.</summary>
    /// <param name="need">The role.</param>
    /// <param name="cluster">The cluster concerned; null for what belongs to none.</param>
    public bool May(Role need, string? cluster) => Grants.Any(grant => grant.Covers(need, cluster));

    /// <summary>Whether the caller may act in a role somewhere: lists then show what the caller may see.</summary>
    /// <param name="need">The role.</param>
    public bool MaySomewhere(Role need) => Grants.Any(grant => grant.Clusters.IsEmpty ? grant.Covers(need, null) : grant.Clusters.Any(cluster => grant.Covers(need, cluster)));
}
