using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Worlds;

/// <summary>A fault that hits calls.</summary>
public sealed record CallFaultSpec
{
    /// <summary>Verb as the call log has it (<c>SetDesiredCapacity</c>, <c>create pods/eviction</c>); null for all.</summary>
    public string? Verb { get; init; }

    /// <summary>API; null for both.</summary>
    public Api? Api { get; init; }

    /// <summary>Caller; null for all.</summary>
    public string? Caller { get; init; }

    /// <summary>What goes wrong.</summary>
    public required WorldFaultKind Fault { get; init; }

    /// <summary>Share of the calls that it hits, 0 to 1. Default: 1.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>At most so many calls; null without limit.</summary>
    public int? Times { get; init; }

    /// <summary>From the start of the world. Default: 0.</summary>
    public TimeSpan From { get; init; }

    /// <summary>From the start of the world; null for ever.</summary>
    public TimeSpan? Until { get; init; }
}
