namespace Fleet.Hosting.Settings;

/// <summary>How many requests a minute are answered; what is above gets 429 and is told when to ask again. Nothing is counted where nobody signs in.</summary>
public sealed record RequestLimits
{
    /// <summary>Requests a minute of one caller who signed in. Default 6000.</summary>
    public int Caller { get; init; } = 6000;

    /// <summary>Requests a minute from one address that nobody signed in for: failed sign-ins, probes. Default 600.</summary>
    public int Address { get; init; } = 600;

    /// <summary>Event streams and waiting requests of one caller at a time. Default 100.</summary>
    public int Following { get; init; } = 100;
}
