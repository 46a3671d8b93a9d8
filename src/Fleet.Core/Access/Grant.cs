using System.Collections.Immutable;

namespace Fleet.Core.Access;

/// <summary>A role, in all clusters or in some.</summary>
/// <param name="Role">The role.</param>
/// <param name="Clusters">The clusters' names; empty: all, and what belongs to none.</param>
public sealed record Grant(Role Role, ImmutableArray<string> Clusters)
{
    /// <summary>Whether it is enough for a need.</summary>
    /// <param name="need">The role that is needed.</param>
    /// <param name="cluster">The cluster concerned; null for what belongs to none.</param>
    public bool Covers(Role need, string? cluster) =>
        (Role == need || Role == Role.Admin || need == Role.Viewer) && (Clusters.IsEmpty || (cluster is not null && Clusters.Contains(cluster)));

    /// <summary>Reads <c>ROLE</c> or <c>ROLE:CLUSTER</c>; null for what is neither.</summary>
    public static Grant? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(':', 2);
        return RoleOf(parts[0]) is not { } role || parts[^1].Length == 0 ? null : new Grant(role, parts.Length == 1 ? [] : [parts[1]]);
    }

    /// <summary>The grant as <see cref="Parse"/> reads it, once per cluster.</summary>
    public IEnumerable<string> Names => Clusters.IsEmpty ? [Name(Role)] : Clusters.Select(cluster => $"{Name(Role)}:{cluster}");

    /// <inheritdoc/>
    public override string ToString() => string.Join(", ", Names);

    private static Role? RoleOf(string name) => Enum.GetValues<Role>().Cast<Role?>().FirstOrDefault(role => Name(role!.Value) == name);

    private static string Name(Role role) => $"{role}".ToLowerInvariant();
}
