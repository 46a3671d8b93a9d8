namespace Fleet.Core.Runs;

/// <summary>How a driver holds its run.</summary>
public sealed record DriverOptions
{
    /// <summary>Who drives, unique per process.</summary>
    public required string Owner { get; init; }

    /// <summary>How long the lease counts. Default 15 s.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often it is renewed. Default 5 s.</summary>
    public TimeSpan LeaseRenewal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Calls under way at a time. Default 16.</summary>
    public int Parallel { get; init; } = 16;
}
