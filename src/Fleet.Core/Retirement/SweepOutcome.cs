using Fleet.Core.Images.Sweep;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement;

/// <summary>What became of a version in a sweep.</summary>
/// <param name="Verdict">What was decided, and why.</param>
/// <param name="Done">Whether what was decided is done; true where it stays.</param>
/// <param name="Failure">Why it is not; null where it is.</param>
public sealed record SweepOutcome(ImageVerdict Verdict, bool Done, Reason? Failure = null);
