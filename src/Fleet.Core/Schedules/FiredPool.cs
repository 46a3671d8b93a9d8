namespace Fleet.Core.Schedules;

/// <summary>What came of one pool, or of one step for an image, when a schedule fired.</summary>
/// <param name="Pool">The step as it is written, see <see cref="ScheduleStep"/>: a pool's name, for the most part.</param>
/// <param name="End">What came of it.</param>
/// <param name="Run">The run that was begun, or that was under way; null for none.</param>
/// <param name="Why">The reason in words; empty where <paramref name="End"/> says it all.</param>
public sealed record FiredPool(string Pool, PoolEnd End, string? Run, string Why);
