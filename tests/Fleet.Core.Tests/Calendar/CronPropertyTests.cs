using Fleet.Core.Calendar;
using Fleet.Core.Tests.Rotations;

namespace Fleet.Core.Tests.Calendar;

/// <summary>Drawn expressions against a second calculation: every minute is shown to a reading of the fields that shares nothing with the first.</summary>
public class CronPropertyTests
{
    private static readonly string[] Zones = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "America/Santiago", "Africa/Cairo"];

    [Fact]
    public void The_next_time_is_the_first_minute_that_matches()
    {
        for (var seed = 1; seed <= Campaigns.Count("FLEET_CAMPAIGN", 60); seed++)
        {
            var chance = new Random(seed);
            var fields = Draw(chance);
            if (Cron.Parse(string.Join(' ', fields), out _) is not { } cron)
            {
                continue;
            }

            var zone = TimeZoneInfo.FindSystemTimeZoneById(Zones[chance.Next(Zones.Length)]);
            var at = new DateTimeOffset(2026, 1 + chance.Next(12), 1 + chance.Next(28), chance.Next(24), chance.Next(60), 0, TimeSpan.Zero);
            var end = at.AddDays(70);
            foreach (var expected in Minutes(fields, zone, at, end))
            {
                var next = cron.Next(at, zone);
                next.ShouldBeGreaterThan(at);
                next.ShouldBe(expected, $"seed {seed}: {cron} in {zone.Id} after {at:u}");
                at = next;
            }

            cron.Next(at, zone).ShouldBeGreaterThan(end, $"seed {seed}: {cron} in {zone.Id}");
        }
    }

    private static string[] Draw(Random chance)
    {
        var byWeek = chance.Next(2) == 0;
        return
        [
            chance.Next(4) switch { 0 => "*/15", 1 => "0,30", 2 => "5-50/20", _ => $"{chance.Next(60)}" },
            chance.Next(5) switch { 0 => "*", 1 => "*/3", 2 => "0-4", 3 => "23", _ => $"{chance.Next(4)}" },
            byWeek ? "*" : chance.Next(4) switch { 0 => "L", 1 => "1-31/4", 2 => "28-31,L", _ => $"{1 + chance.Next(28)}" },
            chance.Next(3) switch { 0 => "*", 1 => "MAR,APR,SEP-NOV", _ => "*/2" },
            !byWeek ? "*" : chance.Next(5) switch { 0 => "SUN", 1 => "7#1,3#2", 2 => "0L", 3 => "MON-FRI", _ => "6-7" },
        ];
    }

    /// <summary>Each minute that passes shows a local time; a given hour counts the first time that it is shown, and when clocks are put forward over it.</summary>
    private static IEnumerable<DateTimeOffset> Minutes(string[] fields, TimeZoneInfo zone, DateTimeOffset after, DateTimeOffset until)
    {
        var shown = new HashSet<DateTime>();
        var before = TimeZoneInfo.ConvertTime(after.AddDays(-2), zone).DateTime;
        for (var at = after.AddDays(-2).AddMinutes(1); at <= until; at = at.AddMinutes(1))
        {
            var local = TimeZoneInfo.ConvertTime(at, zone).DateTime;
            var again = !shown.Add(local);
            var passed = new List<DateTime> { local };
            for (var skipped = before.AddMinutes(1); skipped < local; skipped = skipped.AddMinutes(1))
            {
                passed.Add(skipped);
            }

            before = local;
            var free = fields[1].StartsWith('*');
            if (at > after && passed.Exists(time => Matches(fields, time) && (free ? time == local : time != local || !again)))
            {
                yield return at;
            }
        }
    }

    private static bool Matches(string[] fields, DateTime local) =>
        Any(fields[0], local.Minute, 0) && Any(fields[1], local.Hour, 0) && Any(fields[3], local.Month, 1, "JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".Split(' '))
        && fields[2].Split(',').Any(part => part == "L" ? local.AddDays(1).Day == 1 : Any(part, local.Day, 1))
        && fields[4].Split(',').Any(part => OfWeek(part, local));

    private static bool OfWeek(string part, DateTime local)
    {
        var day = (int)local.DayOfWeek;
        var sunday = day == 0 && part != "*" ? 7 : day;
        string[] names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
        return part.Contains('#', StringComparison.Ordinal) ? Any(part.Split('#')[0], sunday, 0, names) && (local.Day - 1) / 7 == int.Parse(part.Split('#')[1]) - 1
            : part.EndsWith('L') ? int.Parse(part[..^1]) == day && local.AddDays(7).Month != local.Month
            : Any(part, day, 0, names) || Any(part, sunday, 0, names);
    }

    private static bool Any(string list, int value, int least, string[]? names = null) => list.Split(',').Any(part =>
    {
        int Number(string text) => names is not null && Array.IndexOf(names, text) is >= 0 and var index ? index + least : int.Parse(text);
        var pieces = part.Split('/');
        var step = pieces.Length > 1 ? int.Parse(pieces[1]) : 1;
        var range = pieces[0].Split('-');
        var (low, high) = pieces[0] == "*" ? (least, int.MaxValue) : (Number(range[0]), Number(range[^1]));
        return value >= low && value <= high && (value - low) % step == 0;
    });
}
