using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Fleet.Core.Inventory;

/// <summary>Durations as the field writes them: <c>15m</c>, <c>90s</c>, <c>1h30m</c> (Go, "time.ParseDuration", in whole numbers, units from great to small).</summary>
public static partial class Durations
{
    /// <summary>What is allowed, in the words of an error.</summary>
    public const string Allowed = "a duration like 90s, 15m or 1h30m";

    /// <summary>What is allowed of an age, in the words of an error.</summary>
    public const string AllowedAge = "an age like 14d, or 36h; at least 1h";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>Reads an age of an hour or more: whole days of 24 h (<c>14d</c>), or a duration.</summary>
    public static bool TryParseAge(string? text, out TimeSpan age)
    {
        var read = TryParse(text, out age);
        if (text is [.. var days, 'd'] && days.Length <= 5 && int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            (age, read) = (count * Day, true);
        }

        return read && age >= TimeSpan.FromHours(1);
    }

    /// <summary>Writes an age, in days where it is of whole days.</summary>
    public static string FormatAge(TimeSpan age) => age >= Day && age.Ticks % Day.Ticks == 0 ? $"{(int)age.TotalDays}d" : Format(age);

    /// <summary>Reads a duration; a number without a unit is none, except 0.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text == "0")
        {
            return true;
        }

        var match = Form().Match(text ?? "");
        if (!match.Success)
        {
            return false;
        }

        duration = TimeSpan.FromSeconds((Number(match, "h") * 3600) + (Number(match, "m") * 60) + Number(match, "s"));
        return true;
    }

    /// <summary>Writes a duration, whole seconds, in the least number of units: 5400 s is <c>1h30m</c>.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder(duration < TimeSpan.Zero ? "-" : "");
        var seconds = Math.Abs((long)duration.TotalSeconds);
        foreach (var (unit, length) in new[] { ('h', 3600L), ('m', 60L), ('s', 1L) })
        {
            if (seconds >= length)
            {
                text.Append(CultureInfo.InvariantCulture, $"{seconds / length}{unit}");
                seconds %= length;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static long Number(Match match, string group) =>
        match.Groups[group].Success ? long.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    // Seven digits of hours are a thousand years: more is a slip, and would overflow.
    [GeneratedRegex(@"\A(?=.)(?:(?<h>[0-9]{1,7})h)?(?:(?<m>[0-9]{1,9})m)?(?:(?<s>[0-9]{1,9})s)?\z")]
    private static partial Regex Form();
}
