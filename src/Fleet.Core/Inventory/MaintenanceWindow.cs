using System.Collections.Immutable;

namespace Fleet.Core.Inventory;

/// <summary>A window that opens on days of the week.</summary>
/// <param name="Days">Days on which it opens; it may end on the day after.</param>
/// <param name="Start">When it opens, from midnight.</param>
/// <param name="End">When it closes, from midnight, at most 24 h; not after <paramref name="Start"/>: on the day after.</param>
public sealed record MaintenanceWindow(ImmutableArray<DayOfWeek> Days, TimeSpan Start, TimeSpan End)
{
    /// <summary><c>tue, wed 22:00-04:00</c>.</summary>
    public override string ToString() => $"{string.Join(", ", Days.Select(day => $"{day}"[..3].ToLowerInvariant()))} {Clock(Start)}-{Clock(End)}";

    private static string Clock(TimeSpan time) => $"{(int)time.TotalHours:00}:{time.Minutes:00}";
}
