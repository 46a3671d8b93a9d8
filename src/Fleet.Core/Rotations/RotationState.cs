using System.Collections.Immutable;
using Fleet.Core.Disruption;
using Fleet.Core.Runs;

namespace Fleet.Core.Rotations;

/// <summary>Where a rotation stands: all that it cannot read from the world.</summary>
public sealed record RotationState
{
    /// <summary>How far.</summary>
    public RotationStage Stage { get; init; }

    /// <summary>Against the way forward.</summary>
    public RotationHalt Halt { get; init; }

    /// <summary>Whether it was cancelled: a stop on the way there is resumed as a cancel, never as a rotation.</summary>
    public bool Cancelled { get; init; }

    /// <summary>Whether a person has let it pass its pool's gate.</summary>
    public bool Approved { get; init; }

    /// <summary>Since when it halts.</summary>
    public DateTimeOffset? HaltSince { get; init; }

    /// <summary>Why it halts.</summary>
    public ImmutableArray<Reason> HaltReasons { get; init; } = [];

    /// <summary>Groups by name; empty before the first round.</summary>
    public ImmutableSortedDictionary<string, GroupState> Groups { get; init; } = ImmutableSortedDictionary<string, GroupState>.Empty;

    /// <summary>Nodes on their way out.</summary>
    public ImmutableArray<Slot> Slots { get; init; } = [];

    /// <summary>Whether the canary's slot has closed; it has passed when a new node has proved itself too.</summary>
    public bool CanaryClosed { get; init; }

    /// <summary>What slots that failed or were given back had taken from owners and is not made good yet: it still counts as disrupted.</summary>
    public ImmutableArray<OwnerMark> Unsettled { get; init; } = [];

    /// <summary>What slots that closed well had taken from owners that have pods made since and not ready yet: one of these may be in its place, and another's return have closed the slot.</summary>
    public ImmutableArray<OwnerMark> Recent { get; init; } = [];

    /// <summary>Slots opened so far.</summary>
    public int SlotsOpened { get; init; }

    /// <summary>Slots at a time.</summary>
    public int Width { get; init; } = 1;

    /// <summary>Whether the canary's whole slot has closed.</summary>
    public bool CanaryPassed { get; init; }

    /// <summary>Whether pins, and what hooks wrote, have begun to go back: then all of them do, though the canary pass meanwhile.</summary>
    public bool UnpinsAll { get; init; }

    /// <summary>Outdated instances at the start.</summary>
    public int Outdated { get; init; }

    /// <summary>Instances that served at the start neither Ready nor schedulable: what they add when they recover before they go must be left, too.</summary>
    public ImmutableSortedSet<string> Unready { get; init; } = [];

    /// <summary>Instances at the start.</summary>
    public int Total { get; init; }

    /// <summary>Outdated instances that are gone.</summary>
    public int Replaced { get; init; }

    /// <summary>Failed slots and joins.</summary>
    public int Failures { get; init; }

    /// <summary>Closed slots whose owners did not come back in time, and quarantined nodes.</summary>
    public int SettleFailures { get; init; }

    /// <summary>New instances in a row that never proved themselves.</summary>
    public int JoinFailures { get; init; }

    /// <summary>Instances whose slot has closed, with when: what was read of the groups before still shows them.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Gone { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>New instances that have not proved themselves yet, with when each was first seen.</summary>
    public ImmutableSortedDictionary<string, DateTimeOffset> Joining { get; init; } = ImmutableSortedDictionary<string, DateTimeOffset>.Empty;

    /// <summary>New instances that have proved themselves.</summary>
    public ImmutableSortedSet<string> Proven { get; init; } = [];

    /// <summary>Instances whose drain went past its limit and which stay cordoned, with the node's name.</summary>
    public ImmutableSortedDictionary<string, string> Quarantined { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Instances that must go although they are not outdated: to even out zones.</summary>
    public ImmutableSortedSet<string> AlsoOutdated { get; init; } = [];

    /// <summary>Nodes that were replaced only to even out zones.</summary>
    public int Evened { get; init; }

    /// <summary>CSI drivers that the old nodes have, and new ones need.</summary>
    public ImmutableSortedSet<string> CsiDrivers { get; init; } = [];

    /// <summary>Checkpoints that have been reached.</summary>
    public int CheckpointsReached { get; init; }

    /// <summary>Until when no slot opens.</summary>
    public DateTimeOffset? SoakUntil { get; init; }

    /// <summary>Since when nothing could be admitted although a place was free.</summary>
    public DateTimeOffset? BlockedSince { get; init; }

    /// <summary>Since when the run has been under way, pauses and absences left out.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When something last went forward.</summary>
    public DateTimeOffset? Progress { get; init; }

    /// <summary>Until when the wait for a window, with nothing under way, has been left out of the limits; null while nothing waits for a window.</summary>
    public DateTimeOffset? HeldAt { get; init; }

    /// <summary>When the run was last driven, to the minute.</summary>
    public DateTimeOffset? Driven { get; init; }
}
