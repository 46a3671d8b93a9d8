namespace Fleet.Simulation.Calls;

/// <summary>What can go wrong with one call.</summary>
public enum WorldFaultKind
{
    /// <summary>Refused by a rate limit; nothing applied (AWS <c>Throttling</c>/<c>RequestLimitExceeded</c>, Kubernetes 429 without a budget cause).</summary>
    Throttled,

    /// <summary>The server failed before it applied anything (500 or 503).</summary>
    ServerError,

    /// <summary>The caller may not do this (AWS <c>UnauthorizedOperation</c>/<c>AccessDenied</c>, Kubernetes 403).</summary>
    Denied,

    /// <summary>Applied, but the answer never arrives.</summary>
    TimeoutAfterSuccess,

    /// <summary>Not applied, and no answer arrives.</summary>
    TimeoutBefore,
}
