using Fleet.Core.Inventory;

namespace Fleet.Core.Tests.Inventory;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("90s", 90, "1m30s")]
    [InlineData("15m", 900, "15m")]
    [InlineData("1h30m", 5400, "1h30m")]
    [InlineData("1h0m1s", 3601, "1h1s")]
    [InlineData("24h", 86400, "24h")]
    [InlineData("0", 0, "0s")]
    [InlineData("0s", 0, "0s")]
    public void A_duration_is_read_and_written(string text, int seconds, string written)
    {
        Durations.TryParse(text, out var duration).ShouldBeTrue();
        duration.ShouldBe(TimeSpan.FromSeconds(seconds));
        Durations.Format(duration).ShouldBe(written);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("15")]
    [InlineData("-5m")]
    [InlineData("30m1h")]
    [InlineData("1.5h")]
    [InlineData("1d")]
    [InlineData("5 m")]
    [InlineData("15m\n")]
    [InlineData("99999999999h")]
    public void What_is_no_duration_is_refused(string? text) => Durations.TryParse(text, out _).ShouldBeFalse();
}
