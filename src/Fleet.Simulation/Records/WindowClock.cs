using Fleet.Core.Inventory;

namespace Fleet.Simulation.Records;

/// <summary>
/// Whether windows and exclusions let something begin, read from what the zone's clocks show around the instant and from nothing that the product computes. A window is open from the first time that clocks
/// have come to its start on one of its days, for as long as they will show its end or less once more.
/// </summary>
public static class WindowClock
{
    /// <summary>No zone has put its clocks back by more.</summary>
    private const int Minutes = 180;

    /// <summary>Whether something may begin at an instant.</summary>
    /// <param name="spec">Windows and exclusions.</param>
    /// <param name="at">The instant.</param>
    public static bool IsOpen(MaintenanceSpec spec, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.Zone);
        DateTime Shown(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var shown = Shown(at);
        if (spec.Exclusions.Any(exclusion => exclusion.From <= DateOnly.FromDateTime(shown) && DateOnly.FromDateTime(shown) <= exclusion.To))
        {
            return false;
        }

        // Clocks change on whole minutes, so those around the instant show how far they had come and to what they will go back.
        var minute = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMinute));
        var latest = Enumerable.Range(0, Minutes).Max(back => Shown(back == 0 ? at : minute.AddMinutes(-back)));
        var earliest = Enumerable.Range(1, Minutes).Min(ahead => Shown(minute.AddMinutes(ahead)));
        return spec.Windows.IsEmpty || spec.Windows.Any(window => Enumerable.Range(-2, 5).Select(day => shown.Date.AddDays(day)).Any(day =>
            window.Days.Contains(day.DayOfWeek) && latest >= day + window.Start && (shown < Closes(window, day) || earliest <= Closes(window, day))));
    }

    private static DateTime Closes(MaintenanceWindow window, DateTime day) => day.AddDays(window.End > window.Start ? 0 : 1) + window.End;
}
