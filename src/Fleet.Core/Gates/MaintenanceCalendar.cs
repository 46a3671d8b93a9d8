using Fleet.Core.Calendar;
using Fleet.Core.Inventory;

namespace Fleet.Core.Gates;

/// <summary>
/// Reads windows and exclusions. A window belongs to the day on which it opens. Where clocks change, a window opens the first time that they show its start and closes the last time that they show its end;
/// one that they skip counts as the instant at which they are put forward.
/// </summary>
public static class MaintenanceCalendar
{
    // Windows repeat every week; a day more on each side for those past midnight and for clocks that change.
    private const int Week = 9;

    /// <summary>What holds at an instant, and until when.</summary>
    /// <param name="spec">Windows and exclusions; null: none.</param>
    /// <param name="now">The instant.</param>
    public static MaintenanceMoment At(MaintenanceSpec? spec, DateTimeOffset now)
    {
        if (spec is null)
        {
            return new MaintenanceMoment(true, null, "");
        }

        var zone = TimeZoneInfo.FindSystemTimeZoneById(spec.Zone);
        var (open, cause) = Look(spec, zone, now);
        foreach (var edge in Edges(spec, zone, now))
        {
            if (Look(spec, zone, edge).Open != open)
            {
                return new MaintenanceMoment(open, edge, cause);
            }
        }

        return new MaintenanceMoment(open, null, cause);
    }

    private static (bool Open, string Cause) Look(MaintenanceSpec spec, TimeZoneInfo zone, DateTimeOffset at)
    {
        if (spec.Exclusions.FirstOrDefault(exclusion => Span(exclusion, zone) is var (from, to) && from <= at && at < to) is { } exclusion)
        {
            return (false, $"exclusion {exclusion}");
        }

        if (spec.Windows.IsEmpty)
        {
            return (true, "");
        }

        var open = spec.Windows.FirstOrDefault(window => Days(zone, at, 3).Any(day => window.Days.Contains(day.DayOfWeek) && Span(window, day, zone) is var (from, to) && from <= at && at < to));
        return open is not null ? (true, $"window {open} {spec.Zone}") : (false, $"windows {string.Join("; ", spec.Windows)} {spec.Zone}");
    }

    /// <summary>The instants after one at which something may change, in order. After the last exclusion a week shows whatever windows can bring.</summary>
    private static IEnumerable<DateTimeOffset> Edges(MaintenanceSpec spec, TimeZoneInfo zone, DateTimeOffset now)
    {
        var exclusions = spec.Exclusions.Select(exclusion => Span(exclusion, zone)).SelectMany(span => new[] { span.From, span.To }).Where(edge => edge > now).ToList();
        var windows = exclusions.Append(now).SelectMany(from => Days(zone, from, Week)).Distinct()
            .SelectMany(day => spec.Windows.Where(window => window.Days.Contains(day.DayOfWeek)).Select(window => Span(window, day, zone)))
            .SelectMany(span => new[] { span.From, span.To });
        return exclusions.Concat(windows.Where(edge => edge > now)).Distinct().Order();
    }

    private static IEnumerable<DateOnly> Days(TimeZoneInfo zone, DateTimeOffset at, int count)
    {
        var before = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime).AddDays(-1);
        return Enumerable.Range(0, count).Select(before.AddDays);
    }

    private static (DateTimeOffset From, DateTimeOffset To) Span(MaintenanceExclusion exclusion, TimeZoneInfo zone) =>
        (LocalTime.First(exclusion.From.ToDateTime(default), zone), LocalTime.First(exclusion.To.AddDays(1).ToDateTime(default), zone));

    private static (DateTimeOffset From, DateTimeOffset To) Span(MaintenanceWindow window, DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(default);
        return (LocalTime.First(midnight + window.Start, zone), LocalTime.Last((window.End > window.Start ? midnight : midnight.AddDays(1)) + window.End, zone));
    }
}
