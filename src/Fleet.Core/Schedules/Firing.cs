using System.Collections.Immutable;

namespace Fleet.Core.Schedules;

/// <summary>One time of a schedule, and what came of it. Its steps are taken one after the other, so that the runs of a schedule never overlap.</summary>
public sealed record Firing
{
    /// <summary>The time that was due; of one that a person asked for, when that was.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>Whether a person asked for it.</summary>
    public bool Manual { get; init; }

    /// <summary>The person who asked for it, as far as that is known; null for one that came due.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Whether the person asked that what it promotes need not have been in use first; a person must approve then. Default false.</summary>
    public bool SkipSoak { get; init; }

    /// <summary>When it was dealt with first.</summary>
    public required DateTimeOffset Begun { get; init; }

    /// <summary>When it ended; null while it is under way.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>What came of it.</summary>
    public FiringEnd End { get; init; }

    /// <summary>The reason in words; empty where <see cref="End"/> says it all.</summary>
    public string Why { get; init; } = "";

    /// <summary>Steps that were dealt with, in order; the last one may have its run under way.</summary>
    public ImmutableArray<FiredPool> Pools { get; init; } = [];

    /// <summary>Steps that are still to come, as they are written: see <see cref="ScheduleStep"/>.</summary>
    public ImmutableArray<string> Left { get; init; } = [];

    /// <summary>Since when the first of <see cref="Left"/> is tried.</summary>
    public DateTimeOffset Turn { get; init; }
}
