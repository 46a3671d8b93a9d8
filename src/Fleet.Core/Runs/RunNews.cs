using System.Collections.Immutable;

namespace Fleet.Core.Runs;

/// <summary>News of a run, recorded together with what it tells.</summary>
public sealed record RunNews
{
    /// <summary>The reason under which a run stops at its gate.</summary>
    private const string ApprovalNeeded = "approval-needed";

    /// <summary>Its own id, the same however often it is told: the run's id and version.</summary>
    public required string Id { get; init; }

    /// <summary>What happened.</summary>
    public required RunEvent Event { get; init; }

    /// <summary>When, in policy time.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>Its kind.</summary>
    public required string Kind { get; init; }

    /// <summary>Its cluster.</summary>
    public required string Cluster { get; init; }

    /// <summary>Its pool; null for kinds that concern the whole cluster.</summary>
    public string? Pool { get; init; }

    /// <summary>What it works on, as people call it; see <see cref="Run.Place"/>.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Place => Cluster.Length == 0 ? (Pool == Core.Runs.Run.AllRecipes ? "all images" : $"recipe {Pool}") : Pool is null ? Cluster : $"{Cluster}/{Pool}";

    /// <summary>The phase that it has come to.</summary>
    public required RunPhase Phase { get; init; }

    /// <summary>Why.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>The news of a step; null where there is none.</summary>
    /// <param name="before">The run before it.</param>
    /// <param name="after">The run as it is recorded.</param>
    public static RunNews? Of(Run before, Run after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        RunEvent? happened = after.Phase == before.Phase ? null : after.Phase switch
        {
            RunPhase.Running or RunPhase.Waiting when before.Phase == RunPhase.Pending => RunEvent.Started,
            RunPhase.Paused => RunEvent.Waiting,
            RunPhase.Stopped => after.Reasons.Any(reason => reason.Code == ApprovalNeeded) ? RunEvent.Waiting : RunEvent.Stuck,
            RunPhase.Succeeded => RunEvent.Done,
            RunPhase.Failed or RunPhase.Cancelled => RunEvent.Failed,
            _ => null,
        };
        return happened is not { } what ? null : new RunNews
        {
            Id = $"{after.Id}/{before.Version + 1}",
            Event = what,
            At = after.Updated,
            Run = after.Id,
            Kind = after.Kind,
            Cluster = after.Cluster,
            Pool = after.Pool,
            Phase = after.Phase,
            Reasons = after.Reasons,
        };
    }
}
