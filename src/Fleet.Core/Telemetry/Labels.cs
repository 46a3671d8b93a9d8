using System.Diagnostics;
using System.Text.Json;

namespace Fleet.Core.Telemetry;

/// <summary>Labels of a measurement.</summary>
public static class Labels
{
    /// <summary>Those that name a pool.</summary>
    public static TagList Pool(string cluster, string? pool) => new() { { "cluster", cluster }, { "pool", pool ?? "" } };

    /// <summary>The one that names a kind of runs.</summary>
    public static KeyValuePair<string, object?> Kind(string kind) => new("kind", kind);

    /// <summary>An enum's member as labels and documents write it: <c>two-budgets</c>.</summary>
    public static string Name<T>(T member)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(member.ToString());
}
