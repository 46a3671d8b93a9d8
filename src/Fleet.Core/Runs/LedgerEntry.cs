namespace Fleet.Core.Runs;

/// <summary>A side effect with its inverse, written down before it happens. Key: run, kind, subject.</summary>
public sealed record LedgerEntry
{
    /// <summary>What was changed, e.g. <c>max-size</c>, <c>suspended-process</c>, <c>cordon</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>On what, e.g. a group's or node's name (with a uid where names are reused).</summary>
    public required string Subject { get; init; }

    /// <summary>The value before, or null where absence is the value before.</summary>
    public string? Before { get; init; }

    /// <summary>The value that Fleet set: undone only while it is still there. For deltas the signed number.</summary>
    public string? Mine { get; init; }

    /// <summary>Status.</summary>
    public LedgerStatus Status { get; init; }

    /// <summary>The action that caused it.</summary>
    public string? ActionId { get; init; }

    /// <summary>Why it is void, or why it could not be undone yet.</summary>
    public string? Note { get; init; }

    /// <summary>Policy time of the last change.</summary>
    public required DateTimeOffset At { get; init; }
}
