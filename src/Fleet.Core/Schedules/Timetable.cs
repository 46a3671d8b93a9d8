using Fleet.Core.Calendar;
using Fleet.Core.Inventory;

namespace Fleet.Core.Schedules;

/// <summary>The times of a schedule.</summary>
public sealed class Timetable
{
    private readonly ScheduleSpec _schedule;
    private readonly Cron _cron;
    private readonly TimeZoneInfo _zone;

    /// <summary>Reads the times of a schedule that was declared.</summary>
    public Timetable(ScheduleSpec schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        _schedule = schedule;
        _cron = Cron.Parse(schedule.Cron, out var errors) ?? throw new ArgumentException(string.Join("; ", errors), nameof(schedule));
        _zone = TimeZoneInfo.FindSystemTimeZoneById(schedule.TimeZone);
    }

    /// <summary>What a state's <see cref="ScheduleState.Since"/> is of.</summary>
    public string Declared => $"{_schedule.Cron} {_schedule.TimeZone}{(_schedule.Suspend ? " suspended" : "")}";

    /// <summary>The times after an instant, in order and without an end.</summary>
    public IEnumerable<DateTimeOffset> After(DateTimeOffset instant) => _cron.After(instant, _zone);

    /// <summary>From when on there is something to do; long ago for at once, null for never as things stand.</summary>
    /// <param name="state">What is remembered.</param>
    public DateTimeOffset? Wanted(ScheduleState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Declared != Declared || state.Open is not null || state.Asked is not null ? DateTimeOffset.MinValue
            : _schedule.Suspend || state.Suspended ? null
            : _cron.Next(From(state), _zone);
    }

    /// <summary>The time that has come and was not dealt with; null for none.</summary>
    /// <param name="state">What is remembered.</param>
    /// <param name="now">Policy time.</param>
    public DueTime? Due(ScheduleState state, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var from = From(state);
        var first = _cron.Next(from, _zone);
        if (first > now || _schedule.Suspend || state.Suspended)
        {
            return null;
        }

        // Looked for backwards in growing steps: a service that was away for a year must not count each minute of it.
        var step = TimeSpan.FromMinutes(1);
        while (now - step > from && _cron.Next(now - step, _zone) > now)
        {
            step *= 2;
        }

        var at = After(now - step > from ? now - step : from).TakeWhile(time => time <= now).Last();
        return new DueTime(at, first, now - at <= _schedule.StartingDeadline);
    }

    private static DateTimeOffset From(ScheduleState state) => state.LastDue is { } last && last > state.Since ? last : state.Since;
}
