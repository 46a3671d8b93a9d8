using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations.Preflight;

/// <summary>What the checks before a rotation came to; they only read.</summary>
public sealed record PreflightResult
{
    /// <summary>Why the rotation is refused, all at once; empty when it may start.</summary>
    public required ImmutableArray<Reason> Problems { get; init; }

    /// <summary>What will run; null when it is refused.</summary>
    public RotationSpec? Spec { get; init; }

    /// <summary>What it will do; null when it is refused.</summary>
    public RotationPlan? Plan { get; init; }

    /// <summary>Whether it may start.</summary>
    public bool Passed => Problems.IsEmpty;
}
