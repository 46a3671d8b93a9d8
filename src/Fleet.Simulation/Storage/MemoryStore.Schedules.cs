using Fleet.Core.Schedules;

namespace Fleet.Simulation.Storage;

/// <content>The states of schedules.</content>
public sealed partial class MemoryStore
{
    /// <inheritdoc/>
    public Task<StoredScheduleState> ScheduleStateAsync(string schedule, CancellationToken cancellationToken) =>
        Locked(() => _scheduleStates.GetValueOrDefault(schedule) ?? new StoredScheduleState(0, new ScheduleState()), cancellationToken);

    /// <inheritdoc/>
    public Task<bool> PutScheduleStateAsync(string schedule, long version, ScheduleState state, CancellationToken cancellationToken) =>
        Locked(
            () =>
            {
                if (!_schedules.ContainsKey(schedule) || (_scheduleStates.GetValueOrDefault(schedule)?.Version ?? 0) != version)
                {
                    return false;
                }

                _scheduleStates[schedule] = new StoredScheduleState(version + 1, state);
                return true;
            },
            cancellationToken);

    private bool RemoveSchedule(string name)
    {
        _scheduleStates.Remove(name);
        return _schedules.Remove(name);
    }
}
