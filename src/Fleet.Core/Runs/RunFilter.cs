using System.Collections.Immutable;

namespace Fleet.Core.Runs;

/// <summary>Which runs are asked for; null is any.</summary>
public sealed record RunFilter
{
    /// <summary>Kind.</summary>
    public string? Kind { get; init; }

    /// <summary>Cluster.</summary>
    public string? Cluster { get; init; }

    /// <summary>Clusters, any of them; null is any, as the caller may see all.</summary>
    public ImmutableArray<string>? Among { get; init; }

    /// <summary>Pool.</summary>
    public string? Pool { get; init; }

    /// <summary>The caller's key.</summary>
    public string? Key { get; init; }

    /// <summary>Who started it.</summary>
    public string? StartedBy { get; init; }

    /// <summary>Phases; empty is any.</summary>
    public ImmutableArray<RunPhase> Phases { get; init; } = [];

    /// <summary>Only runs older than the one of this id: the last one of the page before.</summary>
    public string? OlderThan { get; init; }

    /// <summary>Whether a run is asked for.</summary>
    public bool Accepts(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return (Kind is null || run.Kind == Kind)
            && (Cluster is null || run.Cluster == Cluster)
            && (Among is not { } among || among.Contains(run.Cluster))
            && (Pool is null || run.Pool == Pool)
            && (Key is null || run.Key == Key)
            && (StartedBy is null || run.StartedBy == StartedBy)
            && (Phases.IsEmpty || Phases.Contains(run.Phase))
            && (OlderThan is null || string.CompareOrdinal(run.Id, OlderThan) < 0);
    }
}
