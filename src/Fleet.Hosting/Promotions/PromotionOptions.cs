namespace Fleet.Hosting.Promotions;

/// <summary>How promotions are driven.</summary>
public sealed record PromotionOptions
{
    /// <summary>Who drives, unique per process.</summary>
    public required string Owner { get; init; }

    /// <summary>Policy time.</summary>
    public required TimeProvider Policy { get; init; }

    /// <summary>The wall clock.</summary>
    public TimeProvider Wall { get; init; } = TimeProvider.System;

    /// <summary>Seed of ids. Default 1.</summary>
    public int Seed { get; init; } = 1;
}
