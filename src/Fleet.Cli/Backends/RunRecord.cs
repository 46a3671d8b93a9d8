using Fleet.Core.Runs;

namespace Fleet.Cli.Backends;

/// <summary>A run with what is recorded beside it.</summary>
/// <param name="Run">The run.</param>
/// <param name="Lease">Who drives it; null when nobody ever has, or it was given back.</param>
/// <param name="Ledger">What it changed, and what of that is to be undone.</param>
internal sealed record RunRecord(Run Run, RunLease? Lease, IReadOnlyList<LedgerEntry> Ledger);
