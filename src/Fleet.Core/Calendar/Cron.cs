using System.Collections.Immutable;

namespace Fleet.Core.Calendar;

/// <summary>
/// A cron expression of five fields: minute, hour, day of month, month, day of week; <c>#</c> and <c>L</c> allowed, only one of the day fields set. It is read in a zone's local time. Where clocks change it goes by
/// Debian's cron(8): an hour that is given fires once, also where clocks skip it (then when they are put forward) or show it twice (the first time); with <c>*</c> hours it fires whenever clocks show the time.
/// </summary>
public sealed class Cron
{
    /// <summary>What is allowed, in the words of an error.</summary>
    public const string Allowed = "five fields: minute hour day-of-month month day-of-week";

    // 29 February as a certain weekday comes every 28 years, and every 40 where a century's leap year is left out.
    private const int HorizonDays = 41 * 366;

    private readonly CronDays _days;
    private readonly ImmutableArray<TimeOnly> _times;
    private readonly bool _everyHour;

    private Cron(string text, CronDays days, ulong minutes, ulong hours, bool everyHour)
    {
        Text = text;
        _days = days;
        _everyHour = everyHour;
        _times = [.. from hour in Enumerable.Range(0, 24) where (hours & (1UL << hour)) != 0 from minute in Enumerable.Range(0, 60) where (minutes & (1UL << minute)) != 0 select new TimeOnly(hour, minute)];
    }

    /// <summary>The expression, with single blanks between its fields.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="errors">All that is wrong with it; empty when nothing is.</param>
    /// <returns>The expression; null where something is wrong.</returns>
    public static Cron? Parse(string? text, out ImmutableArray<string> errors)
    {
        var fields = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length != 5)
        {
            errors = [fields.Length is 6 or 7 ? $"{fields.Length} fields are given; seconds and years are not known here; allowed: {Allowed}" : $"{fields.Length} fields are given; allowed: {Allowed}"];
            return null;
        }

        var found = new List<string>();
        var minutes = CronField.Minute.Parse(fields[0], out var minuteError);
        var hours = CronField.Hour.Parse(fields[1], out var hourError);
        found.AddRange(new[] { minuteError, hourError }.Where(error => error.Length > 0));
        var days = CronDays.Parse(fields[2], fields[3], fields[4], found);
        var cron = found.Count == 0 ? new Cron(string.Join(' ', fields), days!, minutes, hours, fields[1].StartsWith('*')) : null;
        if (cron is not null && !cron.Dates(new DateOnly(2001, 1, 1)).Any())
        {
            found.Add($"'{cron.Text}' never fires: no month has such a day");
        }

        errors = [.. found];
        return found.Count == 0 ? cron : null;
    }

    /// <summary>The next time after an instant.</summary>
    /// <param name="after">The instant; a time that equals it does not count.</param>
    /// <param name="zone">The zone whose clocks are meant.</param>
    public DateTimeOffset Next(DateTimeOffset after, TimeZoneInfo zone)
    {
        // A day back: clocks that are put back show the times before midnight once more after it.
        var from = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(after, zone).DateTime).AddDays(-1);
        return Dates(from).Select(date => _times.SelectMany(time => Instants(date.ToDateTime(time), zone)).Where(instant => instant > after).Order().FirstOrDefault()).First(instant => instant != default);
    }

    /// <summary>The times after an instant, in order and without an end.</summary>
    /// <param name="after">The instant; a time that equals it does not count.</param>
    /// <param name="zone">The zone whose clocks are meant.</param>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset after, TimeZoneInfo zone)
    {
        for (var next = Next(after, zone); ; next = Next(next, zone))
        {
            yield return next;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private IEnumerable<DateTimeOffset> Instants(DateTime local, TimeZoneInfo zone)
    {
        if (!_everyHour)
        {
            return [LocalTime.First(local, zone)];
        }

        return LocalTime.IsSkipped(local, zone) ? [] : [LocalTime.First(local, zone), LocalTime.Last(local, zone)];
    }

    private IEnumerable<DateOnly> Dates(DateOnly from) => Enumerable.Range(0, HorizonDays).Select(from.AddDays).Where(_days.Includes);
}
