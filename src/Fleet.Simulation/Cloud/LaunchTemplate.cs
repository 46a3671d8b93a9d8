using System.Collections.Immutable;

namespace Fleet.Simulation.Cloud;

/// <summary>A launch template with its numbered versions.</summary>
public sealed record LaunchTemplate
{
    /// <summary>Id, <c>lt-…</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Who made it.</summary>
    public string CreatedBy { get; init; } = "";

    /// <summary>What <c>$Default</c> means.</summary>
    public long Default { get; init; } = 1;

    /// <summary>Number that the next version gets; numbers are never given twice.</summary>
    public long Next { get; init; } = 1;

    /// <summary>Versions by number.</summary>
    public ImmutableSortedDictionary<long, LaunchTemplateVersion> Versions { get; init; } = ImmutableSortedDictionary<long, LaunchTemplateVersion>.Empty;

    /// <summary>Tags.</summary>
    public ImmutableSortedDictionary<string, string> Tags { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>What <c>$Latest</c> means.</summary>
    public long Latest => Versions.Count == 0 ? 0 : Versions.Keys.Last();

    /// <summary>The number behind a version as set on a group; null when there is no such version.</summary>
    public long? Resolve(string version) => version switch
    {
        "$Latest" => Latest,
        "$Default" or "" => Default,
        _ => long.TryParse(version, out var number) && Versions.ContainsKey(number) ? number : null,
    };
}
