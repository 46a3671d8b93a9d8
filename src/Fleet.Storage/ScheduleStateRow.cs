namespace Fleet.Storage;

/// <summary>A row of <c>schedule_states</c>.</summary>
internal sealed record ScheduleStateRow
{
    public long Version { get; init; }

    public required string State { get; init; }
}
