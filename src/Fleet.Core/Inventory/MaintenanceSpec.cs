using System.Collections.Immutable;

namespace Fleet.Core.Inventory;

/// <summary>When new slots may begin: inside a window, and in no exclusion. What is under way goes on.</summary>
public sealed record MaintenanceSpec
{
    /// <summary>The zone whose clocks are meant, by its name in the tz database, e.g. <c>Europe/Berlin</c>.</summary>
    public required string Zone { get; init; }

    /// <summary>The windows; none means always.</summary>
    public ImmutableArray<MaintenanceWindow> Windows { get; init; } = [];

    /// <summary>Days on which nothing begins. Default none.</summary>
    public ImmutableArray<MaintenanceExclusion> Exclusions { get; init; } = [];
}
