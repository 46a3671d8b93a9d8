namespace Fleet.Core.Schedules;

/// <summary>Where the states of schedules are kept.</summary>
public interface IScheduleStore
{
    /// <summary>The state of a schedule; version 0 and an empty state where nothing is stored yet.</summary>
    Task<StoredScheduleState> ScheduleStateAsync(string schedule, CancellationToken cancellationToken);

    /// <summary>Stores a state unless another was stored since it was read.</summary>
    /// <param name="schedule">The schedule's name.</param>
    /// <param name="version">The version that was read.</param>
    /// <param name="state">The state.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>False where another was stored since, or there is no such schedule; then nothing is stored.</returns>
    Task<bool> PutScheduleStateAsync(string schedule, long version, ScheduleState state, CancellationToken cancellationToken);
}
