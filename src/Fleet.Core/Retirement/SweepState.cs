using System.Collections.Immutable;
using Fleet.Core.Images.Sweep;
using Fleet.Core.Runs;

namespace Fleet.Core.Retirement;

/// <summary>Where a sweep stands; stored with each round.</summary>
public sealed record SweepState
{
    /// <summary>Versions of which this sweep has taken the step: each goes one step a sweep.</summary>
    public ImmutableArray<string> Taken { get; init; } = [];

    /// <summary>Versions that it deprecated.</summary>
    public int Deprecated { get; init; }

    /// <summary>Versions that it disabled.</summary>
    public int Disabled { get; init; }

    /// <summary>Versions that it deregistered.</summary>
    public int Deregistered { get; init; }

    /// <summary>Versions that it took a step back.</summary>
    public int Restored { get; init; }

    /// <summary>What was refused.</summary>
    public ImmutableArray<Reason> Failures { get; init; } = [];

    /// <summary>What it has come to, in words.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Summary => $"{Deprecated} deprecated, {Disabled} disabled, {Deregistered} deregistered, {Restored} brought back, {Failures.Length} refused";

    /// <summary>The state after a step.</summary>
    public SweepState After(SweepOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (step, done) = (outcome.Verdict.Step, outcome.Done ? 1 : 0);
        return this with
        {
            Taken = Taken.Add(outcome.Verdict.Image.Key),
            Deprecated = Deprecated + (step == SweepStep.Deprecate ? done : 0),
            Disabled = Disabled + (step == SweepStep.Disable ? done : 0),
            Deregistered = Deregistered + (step == SweepStep.Deregister ? done : 0),
            Restored = Restored + (step == SweepStep.Restore ? done : 0),
            Failures = outcome.Failure is { } failure ? Failures.Add(failure) : Failures,
        };
    }
}
