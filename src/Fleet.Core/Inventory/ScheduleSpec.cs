using System.Collections.Immutable;

namespace Fleet.Core.Inventory;

/// <summary>A schedule as declared: when pools of a cluster are looked at, and which of them are then rotated; with a recipe, when its image is built.</summary>
public sealed record ScheduleSpec
{
    /// <summary>Name, from <c>metadata.name</c>; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The cluster's name.</summary>
    public required string Cluster { get; init; }

    /// <summary>Names of the pools, in the order in which they are rotated; none: all pools of the cluster by name.</summary>
    public ImmutableArray<string> Pools { get; init; } = [];

    /// <summary>The recipe whose image is built first, and promoted once the pools that take its candidates run it; null: the schedule makes no images.</summary>
    public string? Recipe { get; init; }

    /// <summary>The times, as a cron expression of five fields.</summary>
    public required string Cron { get; init; }

    /// <summary>The zone whose clocks are meant, by its name in the tz database.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Instances of this age are rotated; null: age does not matter.</summary>
    public TimeSpan? OlderThan { get; init; }

    /// <summary>Whether a pool is rotated when an instance's image or template is not the newest. Default true.</summary>
    public bool NewImage { get; init; } = true;

    /// <summary>What becomes of a time that nobody fired within <see cref="StartingDeadline"/>. Default skip: a rotation at an hour for which nobody asked surprises.</summary>
    public MisfirePolicy Misfire { get; init; } = MisfirePolicy.Skip;

    /// <summary>How late a time may be fired before it counts as missed. Default 10 min, at least 1 min.</summary>
    public TimeSpan StartingDeadline { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether it fires nothing for now. Default false.</summary>
    public bool Suspend { get; init; }

    /// <summary>Labels from <c>metadata.labels</c>. Default none.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>The document as it was put, as JSON; null where the spec was made by code.</summary>
    public string? Document { get; init; }
}
