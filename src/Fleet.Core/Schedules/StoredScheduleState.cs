namespace Fleet.Core.Schedules;

/// <summary>A state as it is stored.</summary>
/// <param name="Version">Grows with each write; 0 where nothing is stored yet.</param>
/// <param name="State">The state.</param>
public sealed record StoredScheduleState(long Version, ScheduleState State);
