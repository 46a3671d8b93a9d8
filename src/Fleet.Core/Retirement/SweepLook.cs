using System.Collections.Immutable;
using Fleet.Core.Images.Sweep;

namespace Fleet.Core.Retirement;

/// <summary>A look, and what it comes to.</summary>
/// <param name="Seen">What was seen.</param>
/// <param name="Verdicts">All verdicts.</param>
/// <param name="Due">Those of which something is to be done, in that order.</param>
/// <param name="At">Policy time at its end.</param>
internal sealed record SweepLook(SweepObservation Seen, ImmutableArray<ImageVerdict> Verdicts, ImmutableArray<ImageVerdict> Due, DateTimeOffset At)
{
    public static SweepLook Of(SweepObservation seen, DateTimeOffset now)
    {
        var verdicts = SweepPlanner.Decide(seen, now);
        var shown = seen.Seen.ToLookup(image => (image.Region, image.Id));
        return new(seen, verdicts, [.. SweepExecutor.InTurn(verdicts.Where(verdict => SweepExecutor.IsDue(verdict, shown)))], now);
    }

    /// <summary>The next of which this sweep has not taken the step; null when it is through.</summary>
    public ImageVerdict? Next(SweepState state) => Due.FirstOrDefault(verdict => !state.Taken.Contains(verdict.Image.Key));
}
