namespace Fleet.Simulation.Cloud.Commands;

/// <summary>How long Run Command takes for what.</summary>
public sealed record CommandTimings
{
    /// <summary>From SendCommand to the invocation's being found. Default: 1 s.</summary>
    public TimeSpan Visible { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>From SendCommand to the agent's beginning. Default: 2 s.</summary>
    public TimeSpan Delivery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Until delivery is tried again. Default: 30 s.</summary>
    public TimeSpan Again { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From an exit code 194 to the agent's being back. Default: 45 s.</summary>
    public TimeSpan Reboot { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long commands are remembered. Default: 30 days.</summary>
    public TimeSpan History { get; init; } = TimeSpan.FromDays(30);
}
