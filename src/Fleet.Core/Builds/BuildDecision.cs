using System.Collections.Immutable;
using Fleet.Core.Builds.Actions;
using Fleet.Core.Runs;

namespace Fleet.Core.Builds;

/// <summary>What a round of an image build comes to.</summary>
public sealed record BuildDecision
{
    /// <summary>The next state.</summary>
    public required BuildState State { get; init; }

    /// <summary>The next phase.</summary>
    public required RunPhase Phase { get; init; }

    /// <summary>What is waited for, or how it ended.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>What is done once this is recorded.</summary>
    public ImmutableArray<BuildAction> Actions { get; init; } = [];

    /// <summary>Journal lines.</summary>
    public ImmutableArray<JournalEntry> Journal { get; init; } = [];

    /// <summary>Ledger entries, new or changed.</summary>
    public ImmutableArray<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>The request that was dealt with.</summary>
    public RunRequest Handled { get; init; }

    /// <summary>After which time to look again at the latest; zero: at once.</summary>
    public TimeSpan LookAgain { get; init; }
}
