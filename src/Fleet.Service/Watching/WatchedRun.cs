using Fleet.Core.Runs;

namespace Fleet.Service.Watching;

/// <summary>A run that has not ended, as it is watched.</summary>
/// <param name="Run">The run.</param>
/// <param name="Driven">Whether somebody drives it, or nobody needs to.</param>
/// <param name="ProgressAge">How long ago something went forward; null where nothing needs to: it rests, or waits for its turn.</param>
/// <param name="OpenEntries">Entries of its undo ledger that are open.</param>
/// <param name="OldestEntry">How long ago the oldest of them was written.</param>
internal sealed record WatchedRun(Run Run, bool Driven, TimeSpan? ProgressAge, int OpenEntries, TimeSpan OldestEntry);
