namespace Fleet.Core.Access;

/// <summary>One change, or one attempt that was refused.</summary>
public sealed record AuditEntry
{
    /// <summary>Place in the log, from 1, without gaps. 0 before it is stored.</summary>
    public long Sequence { get; init; }

    /// <summary>When, by the wall clock, to the millisecond.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who.</summary>
    public required string Caller { get; init; }

    /// <summary>From where: the peer's address, or <c>local</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What was asked, e.g. <c>PUT /v1/clusters/prod</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What came of it: an HTTP status, with the problem's code where it was refused.</summary>
    public required string Outcome { get; init; }

    /// <summary>The thing as it was before, as JSON; null where there was none or it is not known.</summary>
    public string? Before { get; init; }

    /// <summary>The thing as it was asked for, as JSON; null where nothing was.</summary>
    public string? After { get; init; }

    /// <summary>Hash of the entry and of all before it; empty before it is stored.</summary>
    public string Hash { get; init; } = "";
}
