using System.Collections.Immutable;

namespace Fleet.Service.Watching;

/// <summary>What the store said of the runs under way when it was last asked.</summary>
/// <param name="At">When, as a timestamp of the wall clock.</param>
/// <param name="Answered">Whether it answered.</param>
/// <param name="Runs">The runs that have not ended.</param>
internal sealed record Snapshot(long At, bool Answered, ImmutableArray<WatchedRun> Runs);
