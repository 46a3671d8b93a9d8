using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory.Validation;

/// <summary>Reads <c>spec.maintenance</c> of a Cluster or a NodePool.</summary>
internal static partial class MaintenanceReader
{
    private static readonly Dictionary<string, DayOfWeek> Days = Enum.GetValues<DayOfWeek>().OrderBy(day => ((int)day + 6) % 7).ToDictionary(day => $"{day}"[..3].ToLowerInvariant());

    private static readonly Format Day = new(DayForm(), string.Join(", ", Days.Keys));

    private static readonly Format Clock = new(ClockForm(), "a time from 00:00 to 24:00");

    private static readonly Format Date = new(DateForm(), "a date like 2026-12-20");

    /// <summary>The windows and exclusions; null where the map is absent or without a zone.</summary>
    public static MaintenanceSpec? Read(FieldReader? maintenance)
    {
        if (maintenance is null)
        {
            return null;
        }

        var zone = maintenance.Zone("zone");
        ImmutableArray<MaintenanceWindow> windows = [.. maintenance.Maps("windows").Select(Window).OfType<MaintenanceWindow>()];
        ImmutableArray<MaintenanceExclusion> exclusions = [.. maintenance.Maps("exclusions").Select(Exclusion).OfType<MaintenanceExclusion>()];
        maintenance.Close();
        return zone is null ? null : new MaintenanceSpec { Zone = zone, Windows = windows, Exclusions = exclusions };
    }

    private static MaintenanceWindow? Window(FieldReader item)
    {
        ImmutableArray<DayOfWeek> days = item.Find("days") is null ? [.. Days.Values] : [.. item.Texts("days", Day).Select(day => Days[day]).Distinct()];
        var start = Time(item, "start");
        var end = Time(item, "end");
        if (item.Find("days") is Documents.DocumentList { Items.Length: 0 })
        {
            item.Fail("days", "never-open", "[]", Day.Allowed, $"{item.Path("days")} is empty: the window is never open; leave it out for every day, or name days: {Day.Allowed}");
        }

        if (start is not null && start == end)
        {
            item.Fail("end", "never-open", Text(end.Value), "another time than start", $"{item.Path("end")} equals start: the window is never open; for a whole day write 00:00 and 24:00");
        }
        else if (start == TimeSpan.FromDays(1))
        {
            item.Fail("start", "invalid-value", "24:00", "a time from 00:00 to 23:59", $"{item.Path("start")} is '24:00', which is 00:00 of the next day; allowed: a time from 00:00 to 23:59");
        }

        item.Close();
        return start is { } from && end is { } to ? new MaintenanceWindow(days, from, to) : null;
    }

    private static MaintenanceExclusion? Exclusion(FieldReader item)
    {
        var (from, to) = (Read(item, "from"), Read(item, "to"));
        var reason = item.Text("reason", Formats.Line);
        if (from > to)
        {
            item.Fail("to", "invalid-value", $"{to:yyyy-MM-dd}", $"{from:yyyy-MM-dd} or later", $"{item.Path("to")} is before from; both days are excluded, and all between");
        }

        item.Close();
        return from is { } first && to is { } last ? new MaintenanceExclusion(first, last, reason) : null;
    }

    private static TimeSpan? Time(FieldReader item, string name) =>
        item.Text(name, Clock, required: true) is { } text ? new TimeSpan(int.Parse(text[..2], CultureInfo.InvariantCulture), int.Parse(text[3..], CultureInfo.InvariantCulture), 0) : null;

    private static DateOnly? Read(FieldReader item, string name)
    {
        var text = item.Text(name, Date, required: true);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var date))
        {
            return date;
        }

        if (text is not null)
        {
            item.Fail(name, "invalid-value", text, Date.Allowed, $"{item.Path(name)} is '{text}', a day that no calendar has; allowed: {Date.Allowed}");
        }

        return null;
    }

    private static string Text(TimeSpan time) => $"{(int)time.TotalHours:00}:{time.Minutes:00}";

    [GeneratedRegex(@"\A(mon|tue|wed|thu|fri|sat|sun)\z")]
    private static partial Regex DayForm();

    [GeneratedRegex(@"\A(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\z")]
    private static partial Regex ClockForm();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}\z")]
    private static partial Regex DateForm();
}
