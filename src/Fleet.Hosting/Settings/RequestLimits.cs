namespace Fleet.Hosting.Settings;

/// <summary>How many requests a minute are answered; what is above gets 429 and is told when to ask again.</summary>
public sealed record RequestLimits
{
    /// <summary>Requests a minute of one caller who signed in. Default 1200.</summary>
    public int Caller { get; init; } = 1200;

    /// <summary>Requests a minute from one address that nobody signed in for: failed sign-ins, probes. Default 120.</summary>
    public int Address { get; init; } = 120;

    /// <summary>Event streams and waiting requests of one caller at a time. Default 100.</summary>
    public int Following { get; init; } = 100;
}
