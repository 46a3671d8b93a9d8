using System.Globalization;

namespace Fleet.Core.Calendar;

/// <summary>One of the five fields of a cron expression: lists of numbers, names, ranges and steps (POSIX, "crontab"; steps as in Debian's crontab(5)).</summary>
/// <param name="Name">Its name in errors.</param>
/// <param name="Least">The least value.</param>
/// <param name="Most">The greatest value.</param>
/// <param name="Names">Names of values, the first for <paramref name="Least"/>; empty for none.</param>
internal sealed record CronField(string Name, int Least, int Most, string[] Names)
{
    public static readonly CronField Minute = new("minute", 0, 59, []);
    public static readonly CronField Hour = new("hour", 0, 23, []);
    public static readonly CronField DayOfMonth = new("day of month", 1, 31, []);
    public static readonly CronField Month = new("month", 1, 12, ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]);
    public static readonly CronField DayOfWeek = new("day of week", 0, 7, ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]);

    /// <summary>What is allowed, in the words of an error.</summary>
    public string Allowed => $"{Least} to {Most}{(Names.Length > 0 ? $" or {Names[0]} to {Names[^1]}" : "")}, lists (1,3), ranges (1-5), steps (*/2)";

    /// <summary>The values that a list stands for, as bits.</summary>
    /// <param name="text">The field's text.</param>
    /// <param name="error">What is wrong; empty when nothing is.</param>
    public ulong Parse(string text, out string error)
    {
        var bits = 0UL;
        error = "";
        foreach (var part in text.Split(','))
        {
            if (Part(part) is not { } found)
            {
                error = $"{Name} '{part}' is not allowed; allowed: {Allowed}";
                return 0;
            }

            bits |= found;
        }

        return bits;
    }

    /// <summary>A number or name of the field; null where it is none or out of its range.</summary>
    public int? Value(string text)
    {
        var named = Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return named >= 0 ? Least + named
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= Least && value <= Most ? value : null;
    }

    private ulong? Part(string part)
    {
        var (range, step) = part.Split('/') switch
        {
            [var whole] => (whole, 1),
            [var whole, var every] when int.TryParse(every, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Most && (whole == "*" || whole.Contains('-', StringComparison.Ordinal)) => (whole, number),
            _ => ("", 0),
        };
        var (from, to) = range == "*" ? (Least, this == DayOfWeek ? 6 : Most) : range.Split('-') switch
        {
            [var only] => (Value(only), Value(only)),
            [var first, var last] => (Value(first), Value(last)),
            _ => (null, null),
        };
        if (from is not { } low || to is not { } high || low > high)
        {
            return null;
        }

        var bits = 0UL;
        for (var value = low; value <= high; value += step)
        {
            bits |= 1UL << value;
        }

        return bits;
    }
}
