using System.Collections.Immutable;
using Fleet.Core.Disruption;

namespace Fleet.Core.Rotations;

/// <summary>A node on its way out.</summary>
public sealed record Slot
{
    /// <summary>Number in the run, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Why.</summary>
    public required SlotRole Role { get; init; }

    /// <summary>Group.</summary>
    public required string Group { get; init; }

    /// <summary>Instance.</summary>
    public required string InstanceId { get; init; }

    /// <summary>Zone.</summary>
    public required string Zone { get; init; }

    /// <summary>Node name; null when none has registered.</summary>
    public string? Node { get; init; }

    /// <summary>Node uid.</summary>
    public string? NodeUid { get; init; }

    /// <summary>How far.</summary>
    public SlotPhase Phase { get; init; }

    /// <summary>When it was admitted.</summary>
    public required DateTimeOffset Admitted { get; init; }

    /// <summary>When its present phase began.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>When the load-balancer exclusion was first seen on the node.</summary>
    public DateTimeOffset? Excluded { get; init; }

    /// <summary>Time that counts against the drain timeout.</summary>
    public TimeSpan DrainSpent { get; init; }

    /// <summary>When <see cref="DrainSpent"/> was last added to.</summary>
    public DateTimeOffset? DrainSeen { get; init; }

    /// <summary>Uids of the pods that Fleet has evicted from it; counted once, however often an eviction is repeated.</summary>
    public ImmutableSortedSet<string> Evicted { get; init; } = [];

    /// <summary>What it took from each owner.</summary>
    public ImmutableArray<OwnerMark> Owners { get; init; } = [];

    /// <summary>Budgets and owners that it holds alone while it drains.</summary>
    public ImmutableSortedSet<string> HoldsAlone { get; init; } = [];

    /// <summary>Whether the owners did not come back in time.</summary>
    public bool Failed { get; init; }

    /// <summary>Whether the termination lowers desired; null before it is decided.</summary>
    public bool? Decrement { get; init; }

    /// <summary>Whether a decrement has been seen in the group and counted.</summary>
    public bool Counted { get; init; }

    /// <summary>Whether the node was Ready when it was admitted.</summary>
    public bool WasReady { get; init; }
}
