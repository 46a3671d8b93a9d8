using System.Collections.Immutable;

namespace Fleet.Simulation.Records;

/// <summary>Settings of the pool's groups before and after; numbers are sums over the groups.</summary>
public sealed record GroupFigures
{
    /// <summary>Desired capacity before.</summary>
    public required int DesiredBefore { get; init; }

    /// <summary>Desired capacity after.</summary>
    public required int DesiredAfter { get; init; }

    /// <summary>Maximum before.</summary>
    public required int MaxBefore { get; init; }

    /// <summary>Maximum after.</summary>
    public required int MaxAfter { get; init; }

    /// <summary>Suspended processes before; with several groups as <c>group/process</c>.</summary>
    public required ImmutableArray<string> SuspendedBefore { get; init; }

    /// <summary>Suspended processes after.</summary>
    public required ImmutableArray<string> SuspendedAfter { get; init; }

    /// <summary>Instances protected from scale-in after.</summary>
    public required int ProtectedAfter { get; init; }

    /// <summary>The template version that the group launches, as set on it; of several groups joined by commas where they differ.</summary>
    public required string PinnedVersion { get; init; }
}
