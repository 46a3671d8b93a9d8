namespace Fleet.Core.Schedules;

/// <summary>A time that has come.</summary>
/// <param name="At">The time; of several that have come the last one.</param>
/// <param name="First">The first of those that have come.</param>
/// <param name="OnTime">Whether it has come within the schedule's deadline.</param>
public sealed record DueTime(DateTimeOffset At, DateTimeOffset First, bool OnTime);
