using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Runs;
using Fleet.Core.Templates;

namespace Fleet.Core.Rotations;

/// <summary>The world as one round sees it.</summary>
public sealed record RotationObservation
{
    /// <summary>The cluster.</summary>
    public required ClusterView Cluster { get; init; }

    /// <summary>The pool's groups, as last read.</summary>
    public required ImmutableArray<ScalingGroup> Groups { get; init; }

    /// <summary>When they were read; a termination that was decided later cannot be seen in them.</summary>
    public required DateTimeOffset GroupsAt { get; init; }

    /// <summary>Template versions that matter, by <c>template:version</c> as the groups name it (<c>lt-1:7</c>, <c>lt-1:$Latest</c>).</summary>
    public ImmutableDictionary<string, TemplateVersion> Versions { get; init; } = ImmutableDictionary<string, TemplateVersion>.Empty;

    /// <summary>Versions that this process has written for the run, by template.</summary>
    public ImmutableDictionary<string, long> Written { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>What EC2 told of instances, by id.</summary>
    public ImmutableDictionary<string, InstanceFacts> Facts { get; init; } = ImmutableDictionary<string, InstanceFacts>.Empty;

    /// <summary>Scaling activities by group, read only while capacity is missing or a raise is open.</summary>
    public ImmutableDictionary<string, ImmutableArray<ScalingActivity>> Activities { get; init; } = ImmutableDictionary<string, ImmutableArray<ScalingActivity>>.Empty;

    /// <summary>The run's undo ledger.</summary>
    public required ImmutableArray<LedgerEntry> Ledger { get; init; }

    /// <summary>Actions of which the last try failed, by key.</summary>
    public ImmutableDictionary<string, ActionFailure> Failures { get; init; } = ImmutableDictionary<string, ActionFailure>.Empty;

    /// <summary>Keys of actions that were answered with success by this process.</summary>
    public ImmutableHashSet<string> Answered { get; init; } = [];

    /// <summary>What the hooks' places held when this process last read them, by hook; none of those that it has written since.</summary>
    public ImmutableDictionary<string, string> Hooks { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Who holds the pool's lease; null when it is this run.</summary>
    public string? LockedBy { get; init; }
}
