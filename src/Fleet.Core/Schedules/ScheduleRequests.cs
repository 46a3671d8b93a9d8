using Fleet.Core.Inventory;

namespace Fleet.Core.Schedules;

/// <summary>Asks something of schedules.</summary>
public static class ScheduleRequests
{
    /// <summary>Asks something of a schedule; asked twice, it is done once.</summary>
    /// <param name="store">Where its state is.</param>
    /// <param name="schedule">The schedule.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="person">The person who asks; null where that is not known.</param>
    /// <param name="now">Policy time.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>Why it makes no sense now; null where it is done.</returns>
    public static async Task<string?> AskAsync(this IScheduleStore store, ScheduleSpec schedule, ScheduleRequest request, string? person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(schedule);
        while (true)
        {
            var (version, state) = await store.ScheduleStateAsync(schedule.Name, cancellationToken).ConfigureAwait(false);
            if (Refusal(schedule, state, request) is { } why)
            {
                return why;
            }

            if (await store.PutScheduleStateAsync(schedule.Name, version, Asked(schedule, state, request, person, now), cancellationToken).ConfigureAwait(false))
            {
                return null;
            }

            if ((await store.ScheduleStateAsync(schedule.Name, cancellationToken).ConfigureAwait(false)).Version == version)
            {
                return $"there is no schedule {schedule.Name} any more";
            }
        }
    }

    private static string? Refusal(ScheduleSpec schedule, ScheduleState state, ScheduleRequest request) => request switch
    {
        ScheduleRequest.RunNowSkippingSoak when schedule.Recipe is null => $"schedule {schedule.Name} has no spec.recipe, and promotes nothing whose wait could be skipped",
        ScheduleRequest.RunNow or ScheduleRequest.RunNowSkippingSoak when state.Open is { } open => $"schedule {schedule.Name} is under way since {open.Begun.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}{(open.Pools.LastOrDefault()?.Run is { } run ? $" with run {run}" : "")}; its runs never overlap",
        ScheduleRequest.Resume when schedule.Suspend => $"schedule {schedule.Name} is declared with spec.suspend true; declare it without",
        _ => null,
    };

    private static ScheduleState Asked(ScheduleSpec schedule, ScheduleState state, ScheduleRequest request, string? person, DateTimeOffset now) => request switch
    {
        ScheduleRequest.RunNow or ScheduleRequest.RunNowSkippingSoak =>
            (state.Asked is null ? state with { Asked = now, AskedBy = person } : state) with { AskedSkipSoak = state.AskedSkipSoak || request == ScheduleRequest.RunNowSkippingSoak },
        ScheduleRequest.Suspend => state with { Suspended = true },
        _ => state.Suspended ? state with { Suspended = false, Declared = new Timetable(schedule).Declared, Since = now } : state,
    };
}
