using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Images.Sweep;

/// <summary>What becomes of a version, and why.</summary>
/// <param name="Image">The version.</param>
/// <param name="Step">What is done now.</param>
/// <param name="Reasons">Everything that keeps it; where nothing does, what is next and when.</param>
public sealed record ImageVerdict(ImageRecord Image, SweepStep Step, ImmutableArray<Reason> Reasons);
