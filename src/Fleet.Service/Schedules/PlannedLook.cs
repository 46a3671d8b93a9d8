namespace Fleet.Service.Schedules;

/// <summary>When Quartz has a schedule looked at next.</summary>
/// <param name="At">Wall time; null where it is not to be.</param>
/// <param name="Idle">Whether nobody looks now.</param>
internal sealed record PlannedLook(DateTimeOffset? At, bool Idle);
