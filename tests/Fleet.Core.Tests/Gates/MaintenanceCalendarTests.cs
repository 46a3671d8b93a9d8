using Fleet.Core.Gates;
using Fleet.Core.Inventory;
using Fleet.Simulation.Records;

namespace Fleet.Core.Tests.Gates;

public class MaintenanceCalendarTests
{
    private static readonly MaintenanceWindow TuesdayNight = new([DayOfWeek.Tuesday], Clock(22), Clock(4));

    [Fact]
    public void Without_windows_it_is_always_open()
    {
        MaintenanceCalendar.At(null, At("2026-03-10T12:00Z")).ShouldBe(new MaintenanceMoment(true, null, ""));
        MaintenanceCalendar.At(Berlin([]), At("2026-03-10T12:00Z")).ShouldBe(new MaintenanceMoment(true, null, ""));
    }

    /// <summary>10 March 2026 is a Tuesday; Berlin is an hour before UTC.</summary>
    [Theory]
    [InlineData("2026-03-10T20:59Z", false, "2026-03-10T21:00Z")]
    [InlineData("2026-03-10T21:00Z", true, "2026-03-11T03:00Z")]
    [InlineData("2026-03-11T02:59Z", true, "2026-03-11T03:00Z")]
    [InlineData("2026-03-11T03:00Z", false, "2026-03-17T21:00Z")]
    [InlineData("2026-03-10T01:00Z", false, "2026-03-10T21:00Z")]
    public void The_weekday_belongs_to_the_start(string now, bool open, string changes)
    {
        var moment = MaintenanceCalendar.At(Berlin([TuesdayNight]), At(now));
        (moment.Open, moment.Changes).ShouldBe((open, At(changes)));
        moment.Cause.ShouldBe(open ? "window tue 22:00-04:00 Europe/Berlin" : "windows tue 22:00-04:00 Europe/Berlin");
    }

    /// <summary>Clocks go from 02:00 to 03:00 on Sunday 29 March and from 03:00 to 02:00 on Sunday 25 October 2026.</summary>
    [Theory]
    [InlineData("02:30", "04:00", "2026-03-29T00:00Z", "2026-03-29T01:00Z", "2026-03-29T02:00Z")]
    [InlineData("01:00", "02:30", "2026-03-28T23:00Z", "2026-03-29T00:00Z", "2026-03-29T01:00Z")]
    [InlineData("01:00", "05:00", "2026-03-28T23:00Z", "2026-03-29T00:00Z", "2026-03-29T03:00Z")]
    [InlineData("02:30", "04:00", "2026-10-24T23:00Z", "2026-10-25T00:30Z", "2026-10-25T03:00Z")]
    [InlineData("01:00", "02:30", "2026-10-24T22:00Z", "2026-10-24T23:00Z", "2026-10-25T01:30Z")]
    [InlineData("22:00", "24:00", "2026-10-25T20:00Z", "2026-10-25T21:00Z", "2026-10-25T23:00Z")]
    public void Clocks_that_change(string start, string end, string before, string opens, string closes)
    {
        var spec = Berlin([new([DayOfWeek.Sunday], Clock(start), Clock(end))]);
        MaintenanceCalendar.At(spec, At(before)).ShouldSatisfyAllConditions(moment => moment.Open.ShouldBeFalse(), moment => moment.Changes.ShouldBe(At(opens)));
        MaintenanceCalendar.At(spec, At(opens)).ShouldSatisfyAllConditions(moment => moment.Open.ShouldBeTrue(), moment => moment.Changes.ShouldBe(At(closes)));
    }

    [Fact]
    public void Windows_that_meet_are_one_and_the_whole_week_never_ends()
    {
        var all = Enum.GetValues<DayOfWeek>();
        var meeting = MaintenanceCalendar.At(Berlin([TuesdayNight, new([DayOfWeek.Wednesday], Clock(4), Clock(6))]), At("2026-03-10T22:00Z"));
        meeting.ShouldSatisfyAllConditions(moment => moment.Open.ShouldBeTrue(), moment => moment.Changes.ShouldBe(At("2026-03-11T05:00Z")));
        MaintenanceCalendar.At(Berlin([new([.. all], Clock(0), Clock(24))]), At("2026-03-10T22:00Z")).Changes.ShouldBeNull();
    }

    [Fact]
    public void An_exclusion_holds_for_its_last_day_too_and_is_named()
    {
        var spec = Berlin([TuesdayNight]) with { Exclusions = [new(new(2026, 12, 20), new(2027, 1, 6), "freeze")] };
        var moment = MaintenanceCalendar.At(spec, At("2026-12-22T22:00Z"));
        moment.ShouldBe(new MaintenanceMoment(false, At("2027-01-12T21:00Z"), "exclusion 2026-12-20 to 2027-01-06 (freeze)"));
        MaintenanceCalendar.At(spec with { Windows = [] }, At("2026-12-22T22:00Z")).Changes.ShouldBe(At("2027-01-06T23:00Z"));
        MaintenanceCalendar.At(spec with { Windows = [] }, At("2026-12-01T22:00Z")).ShouldBe(new MaintenanceMoment(true, At("2026-12-19T23:00Z"), ""));
    }

    [Fact]
    public void It_equals_a_reading_of_the_clock_minute_by_minute()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var chance = new Random(seed);
            var zone = TimeZoneInfo.FindSystemTimeZoneById(chance.Next(2) == 0 ? "Europe/Berlin" : "America/New_York");
            var window = new MaintenanceWindow([(DayOfWeek)chance.Next(7), DayOfWeek.Sunday], TimeSpan.FromMinutes(30 * chance.Next(8)), TimeSpan.FromMinutes((30 * chance.Next(8)) + 15));
            var spec = new MaintenanceSpec { Zone = zone.Id, Windows = [window] };
            var changed = zone.Id == "Europe/Berlin" ? At("2026-10-23T00:00Z") : At("2026-03-06T00:00Z");
            foreach (var (minute, open) in Minutes(window, zone, changed, changed.AddDays(5)))
            {
                MaintenanceCalendar.At(spec, minute).Open.ShouldBe(open, $"seed {seed}: {window} in {zone.Id} at {minute:u}");
            }
        }
    }

    [Fact]
    public void It_equals_the_worlds_own_reckoning_around_every_change_of_the_clocks()
    {
        (string Zone, string Changed)[] changes =
        [
            ("Europe/Berlin", "2026-03-29T01:00Z"), ("Europe/Berlin", "2026-10-25T01:00Z"), ("America/New_York", "2026-03-08T07:00Z"), ("America/New_York", "2026-11-01T06:00Z"),
            ("Australia/Lord_Howe", "2026-04-04T15:00Z"), ("Australia/Lord_Howe", "2026-10-03T15:30Z"), ("America/Santiago", "2026-04-05T03:00Z"), ("America/Santiago", "2026-09-06T04:00Z"),
        ];
        for (var seed = 1; seed <= 200; seed++)
        {
            var chance = new Random(seed);
            var (zone, changed) = changes[seed % changes.Length];
            var local = TimeZoneInfo.ConvertTime(At(changed), TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime;
            var opens = local.Date.AddMinutes(15 * ((local.TimeOfDay.TotalMinutes / 15) + chance.Next(-16, 16)));
            var spec = new MaintenanceSpec { Zone = zone, Windows = [new([opens.DayOfWeek], opens.TimeOfDay, opens.AddMinutes(15 * chance.Next(1, 40)).TimeOfDay)] };
            spec = chance.Next(4) > 0 ? spec : spec with { Exclusions = [new(DateOnly.FromDateTime(local).AddDays(chance.Next(-1, 2)), DateOnly.FromDateTime(local).AddDays(1), null)] };
            for (var at = At(changed).AddHours(-14); at < At(changed).AddHours(14); at = at.AddSeconds(450))
            {
                MaintenanceCalendar.At(spec, at).Open.ShouldBe(WindowClock.IsOpen(spec, at), $"seed {seed}: {spec.Windows[0]} in {zone} without {string.Join(", ", spec.Exclusions)} at {at:u}");
            }
        }
    }

    /// <summary>It opens when clocks pass its start on one of its days, and closes when they pass its end for the last time.</summary>
    private static IEnumerable<(DateTimeOffset Minute, bool Open)> Minutes(MaintenanceWindow window, TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;
        DateTime? ends = null;
        var highest = Local(from.AddDays(-2));
        for (var minute = from.AddDays(-2).AddMinutes(1); minute < to; minute = minute.AddMinutes(1))
        {
            var local = Local(minute);
            for (var passed = highest.AddMinutes(1); passed <= local; passed = passed.AddMinutes(1))
            {
                ends = window.Days.Contains(passed.DayOfWeek) && passed.TimeOfDay == window.Start ? passed.Date.AddDays(window.End > window.Start ? 0 : 1) + window.End : ends;
            }

            highest = local > highest ? local : highest;
            ends = local >= ends && Local(minute.AddHours(1)) >= ends && !Enumerable.Range(1, 60).Any(ahead => Local(minute.AddMinutes(ahead)) < ends) ? null : ends;
            if (minute >= from)
            {
                yield return (minute, ends is not null);
            }
        }
    }

    private static MaintenanceSpec Berlin(MaintenanceWindow[] windows) => new() { Zone = "Europe/Berlin", Windows = [.. windows] };

    private static TimeSpan Clock(int hour) => TimeSpan.FromHours(hour);

    private static TimeSpan Clock(string text) => text == "24:00" ? TimeSpan.FromDays(1) : TimeSpan.Parse(text);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
