namespace Fleet.Core.Calendar;

/// <summary>Which days a cron expression names: by day of month (<c>L</c> is the last) or by day of week (<c>TUE#2</c> is a month's second Tuesday, <c>FRIL</c> its last Friday).</summary>
/// <param name="Months">Months, as bits.</param>
/// <param name="OfMonth">Days of the month, as bits.</param>
/// <param name="LastOfMonth">The last day of the month too.</param>
/// <param name="OfWeek">Days of the week, Sunday 0, as bits.</param>
/// <param name="Nth">Days of the week that count only as the nth (1 to 5) of their month, or as the last (0).</param>
internal sealed record CronDays(ulong Months, ulong OfMonth, bool LastOfMonth, ulong OfWeek, (DayOfWeek Day, int Nth)[] Nth)
{
    public bool Includes(DateOnly date)
    {
        var length = DateTime.DaysInMonth(date.Year, date.Month);
        return Has(Months, date.Month)
            && (Has(OfMonth, date.Day) || (LastOfMonth && date.Day == length))
            && (Has(OfWeek, (int)date.DayOfWeek) || Array.Exists(Nth, one => one.Day == date.DayOfWeek && (one.Nth == 0 ? date.Day + 7 > length : (date.Day + 6) / 7 == one.Nth)));
    }

    /// <summary>Reads the three fields.</summary>
    public static CronDays? Parse(string ofMonth, string month, string ofWeek, List<string> errors)
    {
        var before = errors.Count;
        if (ofMonth != "*" && ofWeek != "*")
        {
            errors.Add($"day of month '{ofMonth}' and day of week '{ofWeek}' are both set, which some crons read as 'or' and others as 'and'; set one of them to *");
        }

        var months = Read(CronField.Month, month, errors);
        var last = ofMonth.Split(',').Contains("L", StringComparer.OrdinalIgnoreCase);
        var plain = string.Join(',', ofMonth.Split(',').Where(part => !part.Equals("L", StringComparison.OrdinalIgnoreCase)));
        var days = last && plain.Length == 0 ? 0 : Read(CronField.DayOfMonth, plain, errors);
        var (weekdays, nth) = Weekdays(ofWeek, errors);
        return errors.Count == before ? new(months, days, last, weekdays, nth) : null;
    }

    private static (ulong Every, (DayOfWeek Day, int Nth)[] Nth) Weekdays(string text, List<string> errors)
    {
        var nth = new List<(DayOfWeek, int)>();
        var plain = new List<string>();
        foreach (var part in text.Split(','))
        {
            if (part.Split('#') is [var day, [>= '1' and <= '5'] number] && CronField.DayOfWeek.Value(day) is { } weekday)
            {
                nth.Add(((DayOfWeek)(weekday % 7), number[0] - '0'));
            }
            else if (part.Length > 1 && part[^1] is 'L' or 'l' && CronField.DayOfWeek.Value(part[..^1]) is { } final)
            {
                nth.Add(((DayOfWeek)(final % 7), 0));
            }
            else
            {
                plain.Add(part);
            }
        }

        var bits = plain.Count == 0 ? 0 : Read(CronField.DayOfWeek, string.Join(',', plain), errors, ", the nth of a month (TUE#2), its last (FRIL)");
        return (Has(bits, 7) ? (bits | 1) & 0x7F : bits, [.. nth]);
    }

    private static ulong Read(CronField field, string text, List<string> errors, string more = "")
    {
        var bits = field.Parse(text, out var error);
        if (error.Length > 0)
        {
            errors.Add(error + (field == CronField.DayOfMonth ? ", the last (L)" : more));
        }

        return bits;
    }

    private static bool Has(ulong bits, int value) => (bits & (1UL << value)) != 0;
}
