namespace Fleet.Simulation.Cluster.Objects;

/// <summary>A coordination lease.</summary>
public sealed record Lease : WorldObject
{
    /// <summary>Who holds it; null or empty when free.</summary>
    public string? Holder { get; init; }

    /// <summary>How long a renewal counts, in seconds.</summary>
    public int? DurationSeconds { get; init; }

    /// <summary>When the holder took it.</summary>
    public DateTimeOffset? AcquireTime { get; init; }

    /// <summary>When it was last renewed.</summary>
    public DateTimeOffset? RenewTime { get; init; }

    /// <summary>How often it changed hands.</summary>
    public int? Transitions { get; init; }
}
