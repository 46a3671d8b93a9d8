using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Disruption;

/// <summary>Whether a node may be admitted to its drain now.</summary>
public sealed record AdmissionVerdict
{
    /// <summary>Why not; empty when it may.</summary>
    public ImmutableArray<Reason> Reasons { get; init; } = [];

    /// <summary>Keys of budgets and uids of owners that it will hold alone, because it has more of their pods than they can allow at once.</summary>
    public ImmutableSortedSet<string> HoldsAlone { get; init; } = [];

    /// <summary>Whether waiting alone does not help: a person must act.</summary>
    public bool NeedsPerson { get; init; }

    /// <summary>Whether it may.</summary>
    public bool Admitted => Reasons.IsEmpty;
}
