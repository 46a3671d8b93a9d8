namespace Fleet.Simulation.Cloud;

/// <summary>EC2 instance states that the world uses.</summary>
public static class InstanceState
{
    /// <summary>Launched, not yet running.</summary>
    public const string Pending = "pending";

    /// <summary>Running: the machine boots or has booted.</summary>
    public const string Running = "running";

    /// <summary>On its way to terminated.</summary>
    public const string ShuttingDown = "shutting-down";

    /// <summary>Gone; the record stays visible for about an hour.</summary>
    public const string Terminated = "terminated";

    /// <summary>The numeric code that EC2 answers beside the name.</summary>
    public static int CodeOf(string state) => state switch
    {
        Pending => 0,
        Running => 16,
        ShuttingDown => 32,
        _ => 48,
    };
}
