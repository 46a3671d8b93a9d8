using Fleet.Core.Calendar;

namespace Fleet.Core.Tests.Calendar;

public class CronTests
{
    /// <summary>Berlin 2026: clocks go from 02:00 to 03:00 on 29 March and from 03:00 to 02:00 on 25 October (tz database).</summary>
    [Theory]
    [InlineData("0 2 * * TUE#2", "2026-03-01T00:00Z", "2026-03-10T01:00Z", "2026-04-14T00:00Z", "2026-05-12T00:00Z")]
    [InlineData("30 2 * * *", "2026-03-28T00:00Z", "2026-03-28T01:30Z", "2026-03-29T01:00Z", "2026-03-30T00:30Z")]
    [InlineData("30 2 * * *", "2026-10-24T12:00Z", "2026-10-25T00:30Z", "2026-10-26T01:30Z", "2026-10-27T01:30Z")]
    [InlineData("30 * * * *", "2026-03-29T00:00Z", "2026-03-29T00:30Z", "2026-03-29T01:30Z", "2026-03-29T02:30Z")]
    [InlineData("30 * * * *", "2026-10-25T00:00Z", "2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z")]
    [InlineData("0 3 * * *", "2026-03-29T00:00Z", "2026-03-29T01:00Z", "2026-03-30T01:00Z", "2026-03-31T01:00Z")]
    [InlineData("0 12 L * *", "2028-01-15T00:00Z", "2028-01-31T11:00Z", "2028-02-29T11:00Z", "2028-03-31T10:00Z")]
    [InlineData("0 12 * * FRIL", "2026-01-01T00:00Z", "2026-01-30T11:00Z", "2026-02-27T11:00Z", "2026-03-27T11:00Z")]
    [InlineData("0 12 * * 7", "2026-06-01T00:00Z", "2026-06-07T10:00Z", "2026-06-14T10:00Z", "2026-06-21T10:00Z")]
    [InlineData("0 12 * * FRI-7", "2026-06-01T00:00Z", "2026-06-05T10:00Z", "2026-06-06T10:00Z", "2026-06-07T10:00Z")]
    [InlineData("*/20 22 1,15-16 jun,DEC *", "2026-06-16T20:10Z", "2026-06-16T20:20Z", "2026-06-16T20:40Z", "2026-12-01T21:00Z")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00Z", "2104-02-28T23:00Z", "2108-02-28T23:00Z", "2112-02-28T23:00Z")]
    [InlineData("0 0 * 2 SUN#5", "2026-01-01T00:00Z", "2032-02-28T23:00Z", "2060-02-28T23:00Z", "2088-02-28T23:00Z")]
    public void The_next_times_in_Berlin(string text, string after, params string[] expected)
    {
        var cron = Cron.Parse(text, out var errors).ShouldNotBeNull();
        errors.ShouldBeEmpty();
        var at = DateTimeOffset.Parse(after);
        foreach (var next in expected)
        {
            at = cron.Next(at, Zone("Europe/Berlin"));
            at.ShouldBe(DateTimeOffset.Parse(next), text);
        }
    }

    /// <summary>Lord Howe Island moves its clocks by half an hour: 2026-04-05 from 02:00 back to 01:30, 2026-10-04 from 02:00 to 02:30.</summary>
    [Theory]
    [InlineData("45 1 * * *", "2026-04-04T10:00Z", "2026-04-04T14:45Z", "2026-04-05T15:15Z")]
    [InlineData("15 2 * * *", "2026-10-03T10:00Z", "2026-10-03T15:30Z", "2026-10-04T15:15Z")]
    public void Clocks_that_change_by_half_an_hour(string text, string after, string first, string second)
    {
        var cron = Cron.Parse(text, out _).ShouldNotBeNull();
        var zone = Zone("Australia/Lord_Howe");
        cron.Next(DateTimeOffset.Parse(after), zone).ShouldBe(DateTimeOffset.Parse(first));
        cron.Next(DateTimeOffset.Parse(first), zone).ShouldBe(DateTimeOffset.Parse(second));
    }

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("0 0 2 * * *", "6 fields are given; seconds and years are not known here")]
    [InlineData("0 0 2 * * * 2026", "7 fields")]
    [InlineData("60 2 * * *", "minute '60' is not allowed; allowed: 0 to 59")]
    [InlineData("0 24 * * *", "hour '24'")]
    [InlineData("0 2 0 * *", "day of month '0'")]
    [InlineData("0 2 * 13 *", "month '13' is not allowed; allowed: 1 to 12 or JAN to DEC")]
    [InlineData("0 2 * * 8", "day of week '8'")]
    [InlineData("0 2 * * TUE#6", "day of week 'TUE#6'")]
    [InlineData("0 2 * * FRI-MON", "day of week 'FRI-MON'")]
    [InlineData("0 2 1 * MON", "are both set")]
    [InlineData("0 2 31 2 *", "never fires")]
    [InlineData("0 2 31 4,6,9,11 *", "never fires")]
    [InlineData("5/10 2 * * *", "minute '5/10'")]
    [InlineData("*/0 2 * * *", "minute '*/0'")]
    [InlineData("1,,2 2 * * *", "minute ''")]
    [InlineData("@daily", "1 fields")]
    public void What_is_no_expression_is_refused(string text, string because)
    {
        Cron.Parse(text, out var errors).ShouldBeNull();
        errors.ShouldContain(error => error.Contains(because, StringComparison.Ordinal), string.Join("; ", errors));
    }

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        Cron.Parse("60 24 32 13 8", out var errors).ShouldBeNull();
        errors.Length.ShouldBe(6);
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.FindSystemTimeZoneById(id);
}
