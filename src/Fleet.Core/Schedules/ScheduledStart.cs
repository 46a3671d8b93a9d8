namespace Fleet.Core.Schedules;

/// <summary>What came of a try to begin a run.</summary>
/// <param name="Kind">What came of it.</param>
/// <param name="Run">The run that was begun, or that is under way; null for none.</param>
/// <param name="Why">The reason in words; empty where a run was begun.</param>
public sealed record ScheduledStart(StartKind Kind, string? Run, string Why);
