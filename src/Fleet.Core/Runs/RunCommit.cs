using System.Collections.Immutable;

namespace Fleet.Core.Runs;

/// <summary>What one round records, in one transaction, before it acts.</summary>
public sealed record RunCommit
{
    /// <summary>The run as it shall be; <see cref="Run.Version"/> is the version that the round was decided on, the store writes one more.</summary>
    public required Run Run { get; init; }

    /// <summary>Fencing number of the lease under which it was decided.</summary>
    public required long Fencing { get; init; }

    /// <summary>Journal lines to add.</summary>
    public ImmutableArray<JournalEntry> Journal { get; init; } = [];

    /// <summary>Ledger entries to add or replace, by kind and subject.</summary>
    public ImmutableArray<LedgerEntry> Ledger { get; init; } = [];

    /// <summary>What others are to be told of it; null for nothing.</summary>
    public RunNews? News { get; init; }

    /// <summary>The request that this round has dealt with and that is cleared, if it is still the same.</summary>
    public RunRequest HandledRequest { get; init; }
}
