using System.Collections.Immutable;
using Fleet.Core.Rotations.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations;

/// <summary>What one round comes to.</summary>
public sealed record RotationDecision
{
    /// <summary>The next state.</summary>
    public required RotationState State { get; init; }

    /// <summary>The run's phase.</summary>
    public required RunPhase Phase { get; init; }

    /// <summary>What is waited for, or why it stopped.</summary>
    public required ImmutableArray<Reason> Reasons { get; init; }

    /// <summary>What is to be done, in order.</summary>
    public required ImmutableArray<RotationAction> Actions { get; init; }

    /// <summary>Ledger entries that are new or have changed.</summary>
    public required ImmutableArray<LedgerEntry> Ledger { get; init; }

    /// <summary>Journal lines.</summary>
    public required ImmutableArray<JournalEntry> Journal { get; init; }

    /// <summary>When to look again at the latest.</summary>
    public required DateTimeOffset LookAgain { get; init; }

    /// <summary>The request that was dealt with.</summary>
    public RunRequest Handled { get; init; }

    /// <summary>How old the groups may be in the next round.</summary>
    public required TimeSpan GroupsMaxAge { get; init; }
}
