using System.Collections.Immutable;
using Fleet.Core.Inventory;
using Fleet.Core.Rotations;

namespace Fleet.Simulation.Records;

/// <summary>The rotation that a recorder watches: what it may touch, and whose calls are Fleet's.</summary>
public sealed record RecordedRotation
{
    /// <summary>Names of the pool's Auto Scaling groups.</summary>
    public required ImmutableArray<string> Groups { get; init; }

    /// <summary>The image that the instances shall have; null when a template version is the target.</summary>
    public string? ImageId { get; init; }

    /// <summary>The template version that the instances shall have; null when an image is the target.</summary>
    public ImmutableDictionary<string, long> Versions { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Nodes above the wanted number. Default: 1.</summary>
    public int MaxSurge { get; init; } = 1;

    /// <summary>Nodes that may be missing. Default: 0.</summary>
    public int MaxUnavailable { get; init; }

    /// <summary>How long a new node must be Ready before it counts as a place for an old node's pods. Default: 30 s.</summary>
    public TimeSpan MinReady { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Least time from a node's load-balancer exclusion label to its termination. Default: none.</summary>
    public TimeSpan LoadBalancerWait { get; init; }

    /// <summary>Whether pods with emptyDir volumes may be evicted. Default: true.</summary>
    public bool DeleteEmptyDirData { get; init; } = true;

    /// <summary>The pool's rules that class pods. Default: none.</summary>
    public ImmutableArray<DrainRule> DrainRules { get; init; } = [];

    /// <summary>Whether pods may be deleted past their budgets after a drain timeout, as said for this run.</summary>
    public bool MayForce { get; init; }

    /// <summary>Windows and exclusions that hold for the pool. Default: none.</summary>
    public MaintenanceSpec? Maintenance { get; init; }

    /// <summary>Until when the run may ignore them; null: not at all.</summary>
    public DateTimeOffset? WaivedUntil { get; init; }

    /// <summary>Access keys and Kubernetes users of Fleet. Default: <c>fleet</c>, as in a rehearsal.</summary>
    public ImmutableHashSet<string> Callers { get; init; } = ["fleet"];

    /// <summary>What a run's spec asks of a world.</summary>
    public static RecordedRotation Of(RotationSpec spec, World world)
    {
        var nodes = spec.Pool.Groups.Sum(group => world.Cloud.Groups.TryGetValue(group, out var known) ? known.Desired : 0);
        return new RecordedRotation
        {
            Groups = [.. spec.Pool.Groups],
            ImageId = spec.Target.ImageId,
            Versions = spec.Pool.Groups.Where(group => spec.Target.VersionOf(group) is not null).ToImmutableDictionary(group => group, group => spec.Target.VersionOf(group)!.Value),
            MaxSurge = spec.Pool.Rotation.SurgeFor(nodes),
            MaxUnavailable = spec.Pool.Rotation.UnavailableFor(nodes),
            MinReady = spec.Pool.Rotation.MinReady,
            LoadBalancerWait = spec.Pool.Rotation.LoadBalancerWait,
            DeleteEmptyDirData = spec.Pool.Rotation.DeleteEmptyDirData,
            DrainRules = spec.Pool.Rotation.DrainRules,
            MayForce = spec.ForceUntil is not null,
            Maintenance = spec.Pool.Maintenance ?? spec.Cluster.Maintenance,
            WaivedUntil = spec.Waiver?.Until,
        };
    }
}
