namespace Fleet.Core.Disruption;

/// <summary>What the server answered to an eviction (API-initiated Eviction).</summary>
public enum EvictionOutcome
{
    /// <summary>2xx: the deletion is under way, with grace.</summary>
    Accepted,

    /// <summary>404 or a uid conflict: the pod that was looked at is gone.</summary>
    Gone,

    /// <summary>429 with a disruption budget as its cause.</summary>
    Blocked,

    /// <summary>429 without one: the server limits the rate.</summary>
    Throttled,

    /// <summary>500 because more than one budget selects the pod: permanent.</summary>
    TwoBudgets,

    /// <summary>403, or any other refusal that does not go away by waiting.</summary>
    Refused,

    /// <summary>A failing webhook or server, or no answer: unknown; look again.</summary>
    Failed,
}
