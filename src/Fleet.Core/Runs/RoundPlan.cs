using System.Collections.Immutable;

namespace Fleet.Core.Runs;

/// <summary>What a round of any kind of run comes to, before it is recorded.</summary>
public sealed record RoundPlan
{
    /// <summary>The next state, as JSON of the kind.</summary>
    public required string State { get; init; }

    /// <summary>The next phase.</summary>
    public required RunPhase Phase { get; init; }

    /// <summary>What is waited for, or why it stopped.</summary>
    public required ImmutableArray<Reason> Reasons { get; init; }

    /// <summary>Journal lines.</summary>
    public required ImmutableArray<JournalEntry> Journal { get; init; }

    /// <summary>Ledger entries, new or changed.</summary>
    public required ImmutableArray<LedgerEntry> Ledger { get; init; }

    /// <summary>The request that was dealt with.</summary>
    public RunRequest Handled { get; init; }

    /// <summary>When to look again at the latest.</summary>
    public required DateTimeOffset LookAgain { get; init; }

    /// <summary>Whether actions follow.</summary>
    public required bool Acts { get; init; }
}
