namespace Fleet.Core.Calendar;

/// <summary>
/// The instants at which a zone's clocks show a time. Where clocks are put forward a time may not occur, where they are put back it occurs twice (tz database, "Theory and pragmatics of the tz code and data").
/// </summary>
public static class LocalTime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Whether clocks never show the time, because they are put forward over it.</summary>
    /// <param name="local">The time on the clock, in whole minutes.</param>
    /// <param name="zone">The zone.</param>
    public static bool IsSkipped(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        return zone.IsInvalidTime(Clock(local));
    }

    /// <summary>The first instant at which clocks show the time; of one that is skipped the instant at which they are put forward.</summary>
    /// <param name="local">The time on the clock, in whole minutes.</param>
    /// <param name="zone">The zone.</param>
    public static DateTimeOffset First(DateTime local, TimeZoneInfo zone) => At(local, zone, first: true);

    /// <summary>The last instant at which clocks show the time; of one that is skipped the instant at which they are put forward.</summary>
    /// <param name="local">The time on the clock, in whole minutes.</param>
    /// <param name="zone">The zone.</param>
    public static DateTimeOffset Last(DateTime local, TimeZoneInfo zone) => At(local, zone, first: false);

    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone, bool first)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var clock = Clock(local);
        while (zone.IsInvalidTime(clock))
        {
            clock += Minute;
        }

        if (!zone.IsAmbiguousTime(clock))
        {
            return new DateTimeOffset(clock, zone.GetUtcOffset(clock)).ToUniversalTime();
        }

        var offsets = zone.GetAmbiguousTimeOffsets(clock);
        return new DateTimeOffset(clock, first ? offsets.Max() : offsets.Min()).ToUniversalTime();
    }

    private static DateTime Clock(DateTime local) => DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
}
