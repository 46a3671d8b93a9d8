using System.Collections.Immutable;

namespace Fleet.Core.Retirement;

/// <summary>What a sweep is asked for; stored with the run and never changed.</summary>
public sealed record SweepSpec
{
    /// <summary>Paths of parameters that hold image ids, beside Fleet's own. Default none.</summary>
    public ImmutableArray<string> Parameters { get; init; } = [];
}
