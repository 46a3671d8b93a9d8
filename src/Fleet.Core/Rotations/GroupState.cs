using System.Collections.Immutable;

namespace Fleet.Core.Rotations;

/// <summary>What a rotation keeps of one group.</summary>
public sealed record GroupState
{
    /// <summary>Template.</summary>
    public required string TemplateId { get; init; }

    /// <summary>Version at the start, a number: the last good one.</summary>
    public required long SourceVersion { get; init; }

    /// <summary>Version as the group named it at the start: a number, <c>$Latest</c> …</summary>
    public required string VersionBefore { get; init; }

    /// <summary>Version that the instances shall have; null before it is written.</summary>
    public long? TargetVersion { get; init; }

    /// <summary>Image that the instances shall have.</summary>
    public string? TargetImage { get; init; }

    /// <summary>Whether the target version was read back and found as it should be.</summary>
    public bool Verified { get; init; }

    /// <summary>Desired as Fleet knows it: its own confirmed writes and what the outside has changed.</summary>
    public required int Expected { get; init; }

    /// <summary>How much of it is Fleet's surge.</summary>
    public int Raised { get; init; }

    /// <summary>A raise that was not yet seen.</summary>
    public PendingRaise? Pending { get; init; }

    /// <summary>Max from which Fleet last meant to raise it: what stands there where that raise was not made. Null before the first.</summary>
    public int? MaxFrom { get; init; }

    /// <summary>Ready, schedulable nodes by zone at the start.</summary>
    public ImmutableSortedDictionary<string, int> ReadyByZone { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Instances that the group wants without Fleet's surge.</summary>
    public int Wanted => Expected - Raised;
}
