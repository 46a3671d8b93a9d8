using System.Collections.Immutable;

namespace Fleet.Core.Schedules;

/// <summary>What Fleet remembers of a schedule. It decides alone that a time is fired once, whoever is asked to look.</summary>
public sealed record ScheduleState
{
    /// <summary>How many past times are remembered.</summary>
    public const int Remembered = 20;

    /// <summary>The times that <see cref="Since"/> is of: cron, zone and whether it is suspended.</summary>
    public string Declared { get; init; } = "";

    /// <summary>Times after this one count: when the times were declared, or when it was resumed.</summary>
    public DateTimeOffset Since { get; init; }

    /// <summary>The last time that was dealt with; null for none yet.</summary>
    public DateTimeOffset? LastDue { get; init; }

    /// <summary>Whether a person suspended it, apart from what is declared.</summary>
    public bool Suspended { get; init; }

    /// <summary>When a person asked to fire it at once; null where nobody did, or it was done.</summary>
    public DateTimeOffset? Asked { get; init; }

    /// <summary>The person who asked first, as far as that is known; null where nobody asks.</summary>
    public string? AskedBy { get; init; }

    /// <summary>Whether who asked wants the wait of promotions skipped, see <see cref="Firing.SkipSoak"/>.</summary>
    public bool AskedSkipSoak { get; init; }

    /// <summary>The time that is under way; null for none.</summary>
    public Firing? Open { get; init; }

    /// <summary>Past times, the newest first.</summary>
    public ImmutableArray<Firing> Recent { get; init; } = [];

    /// <summary>This state with one more past time.</summary>
    public ScheduleState With(Firing past) => this with { Recent = [past, .. Recent.Take(Remembered - 1)] };
}
