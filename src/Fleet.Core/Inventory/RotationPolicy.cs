using System.Collections.Immutable;

namespace Fleet.Core.Inventory;

/// <summary>How a pool's instances are exchanged. Every wait has a limit.</summary>
public sealed record RotationPolicy
{
    /// <summary>Instances above the wanted number, over all groups of the pool; a percentage rounds up. Default 10 %; a percentage is capped at <see cref="DefaultWidthLimit"/> nodes unless an absolute number says more.</summary>
    public CountOrPercent MaxSurge { get; init; } = CountOrPercent.Percent(10);

    /// <summary>Instances that may be missing at a time; a percentage rounds down. Default 0.</summary>
    public CountOrPercent MaxUnavailable { get; init; } = CountOrPercent.Count(0);

    /// <summary>Greatest width that a percentage comes to.</summary>
    public const int DefaultWidthLimit = 20;

    /// <summary>How long a new node must be Ready before it counts. Default 30 s.</summary>
    public TimeSpan MinReady { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From launch to proven. Default 10 min; a node that takes longer is replaced, twice, then the run stops.</summary>
    public TimeSpan JoinTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the run may find no old node admissible. Default 30 min.</summary>
    public TimeSpan AdmitTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From the first eviction to the last pod gone, not counting time in which only pods inside their own grace remain. Default 15 min.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What follows a drain timeout. Default stop.</summary>
    public DrainTimeoutAction OnDrainTimeout { get; init; } = DrainTimeoutAction.Stop;

    /// <summary>From drained to the owners' pods ready again. Default 10 min; longer counts as a failure.</summary>
    public TimeSpan SettleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Least time from the load-balancer exclusion label to termination. Default 5 min, the default deregistration delay of a target group (Elastic Load Balancing, "Deregistration delay").</summary>
    public TimeSpan LoadBalancerWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Longest time without any progress. Default 1 h.</summary>
    public TimeSpan NoProgressTimeout { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Longest time in all. Default 24 h.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Whether pods with emptyDir volumes are evicted although their data is lost. Default true; the plan lists them.</summary>
    public bool DeleteEmptyDirData { get; init; } = true;

    /// <summary>Halts inside the run. Default none.</summary>
    public ImmutableArray<Checkpoint> Checkpoints { get; init; } = [];

    /// <summary>Rules that class pods. Default none.</summary>
    public ImmutableArray<DrainRule> DrainRules { get; init; } = [];

    /// <summary>Taints that a new node must lose before it counts, besides those of Kubernetes and the cloud provider.</summary>
    public ImmutableArray<string> StartupTaints { get; init; } = [];

    /// <summary>The surge for a pool of a size.</summary>
    public int SurgeFor(int nodes) => MaxSurge.IsPercent ? Math.Min(MaxSurge.RoundUp(nodes), DefaultWidthLimit) : MaxSurge.Value;

    /// <summary>The unavailability for a pool of a size.</summary>
    public int UnavailableFor(int nodes) => MaxUnavailable.IsPercent ? Math.Min(MaxUnavailable.RoundDown(nodes), DefaultWidthLimit) : MaxUnavailable.Value;
}
