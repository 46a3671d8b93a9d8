using System.Globalization;
using Fleet.Core.Inventory;
using Fleet.Core.Runs;

namespace Fleet.Core.Schedules;

/// <summary>
/// Fires schedules. Each step reads the schedule's state, does one thing and writes the state under its version: of several who try at once one succeeds. That a time has come is written down before a run is begun, and a run is
/// begun under a key of its time and pool: killed at any moment, whoever looks next finds the same run and goes on.
/// </summary>
/// <param name="inventory">What is declared.</param>
/// <param name="store">The states.</param>
/// <param name="runs">The runs.</param>
/// <param name="starts">Begins runs.</param>
/// <param name="policy">Policy time.</param>
public sealed class ScheduleDriver(IInventoryStore inventory, IScheduleStore store, IRunStore runs, IScheduledStarts starts, TimeProvider policy)
{
    /// <summary>How often a step is tried anew after somebody else wrote the state; then the next look goes on.</summary>
    private const int Tries = 5;

    /// <summary>The key of a run that a schedule begins.</summary>
    public static string Key(string schedule, Firing firing, string step)
    {
        ArgumentNullException.ThrowIfNull(firing);
        return $"schedule.{schedule}.{firing.Due.UtcDateTime.ToString(firing.Manual ? "yyyyMMdd'T'HHmmss.fff'Z'" : "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.{step}";
    }

    /// <summary>Does whatever a schedule has to do now.</summary>
    /// <returns>The state in which there is nothing more to do for now; null where others wrote it each time.</returns>
    public async Task<ScheduleState?> StepAsync(ScheduleSpec schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        for (var lost = 0; lost < Tries;)
        {
            var (version, state) = await store.ScheduleStateAsync(schedule.Name, cancellationToken).ConfigureAwait(false);
            var next = await NextAsync(schedule, state, cancellationToken).ConfigureAwait(false);
            if (next is null)
            {
                return state;
            }

            if (await store.PutScheduleStateAsync(schedule.Name, version, next, cancellationToken).ConfigureAwait(false))
            {
                ScheduleMeasures.Count(schedule.Name, state, next);
            }
            else
            {
                lost++;
            }
        }

        return null;
    }

    /// <summary>The state after the next thing that is to be done; null where nothing is.</summary>
    private async Task<ScheduleState?> NextAsync(ScheduleSpec schedule, ScheduleState state, CancellationToken cancellationToken)
    {
        var (timetable, now) = (new Timetable(schedule), policy.GetUtcNow());
        if (state.Declared != timetable.Declared)
        {
            return state with { Declared = timetable.Declared, Since = now };
        }

        var due = timetable.Due(state, now);
        if (state.Open is { } open)
        {
            return due is not null ? Overlapped(state, due, open, now)
                : await GoOnAsync(schedule, open, now, cancellationToken).ConfigureAwait(false) is { } further ? Ended(state, further) : null;
        }

        if (state.Asked is { } asked)
        {
            var begun = await BeginAsync(schedule, asked, manual: true, "", now, cancellationToken).ConfigureAwait(false);
            return state with { Asked = null, AskedBy = null, AskedSkipSoak = false, Open = begun with { AskedBy = state.AskedBy, SkipSoak = state.AskedSkipSoak } };
        }

        if (due is null)
        {
            return null;
        }

        var earlier = due.First == due.At ? "" : $"; times from {Instant(due.First)} on were missed, too";
        if (!due.OnTime && schedule.Misfire == MisfirePolicy.Skip)
        {
            var why = $"nobody fired it within {Durations.Format(schedule.StartingDeadline)}, and misfire is skip{earlier}";
            return (state with { LastDue = due.At }).With(new Firing { Due = due.At, Begun = now, Ended = now, End = FiringEnd.Missed, Why = why });
        }

        var late = due.OnTime ? earlier.TrimStart(';', ' ') : $"fired late, since misfire is runOnce{earlier}";
        return state with { LastDue = due.At, Open = await BeginAsync(schedule, due.At, manual: false, late, now, cancellationToken).ConfigureAwait(false) };
    }

    private static ScheduleState Overlapped(ScheduleState state, DueTime due, Firing open, DateTimeOffset now)
    {
        var why = $"what was due at {Instant(open.Due)} is under way still{(open.Pools.IsEmpty ? "" : $", with {open.Pools[^1].Pool}{(open.Pools[^1].Run is { } run ? $" in run {run}" : "")}")}";
        return (state with { LastDue = due.At }).With(new Firing { Due = due.At, Begun = now, Ended = now, End = FiringEnd.Overlapped, Why = why });
    }

    private static ScheduleState Ended(ScheduleState state, Firing firing) =>
        firing.End == FiringEnd.Open ? state with { Open = firing } : (state with { Open = null }).With(firing);

    private async Task<Firing> BeginAsync(ScheduleSpec schedule, DateTimeOffset due, bool manual, string why, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var pools = await inventory.PoolsAsync(schedule.Cluster, cancellationToken).ConfigureAwait(false);
        return new Firing { Due = due, Manual = manual, Begun = now, Why = why, Left = ScheduleStep.All(schedule, [.. pools]), Turn = now };
    }

    private async Task<Firing?> GoOnAsync(ScheduleSpec schedule, Firing firing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (firing.Pools.LastOrDefault() is { End: PoolEnd.Running } running)
        {
            var run = await runs.GetAsync(running.Run!, cancellationToken).ConfigureAwait(false);
            return run is null ? Closed(firing, running with { End = PoolEnd.Failed, Why = "its run is gone" }, now)
                : run.Phase == RunPhase.Succeeded ? Closed(firing, running with { End = Success(running.Pool) }, now)
                : run.Phase == RunPhase.Cancelled && await InsteadAsync(running, run, cancellationToken).ConfigureAwait(false) is { } instead ? firing with { Pools = firing.Pools.SetItem(firing.Pools.Length - 1, instead) }
                : run.Phase.IsFinal() ? Closed(firing, running with { End = PoolEnd.Failed, Why = $"its run {(run.Phase == RunPhase.Failed ? "failed" : "was cancelled")}" }, now)
                : null;
        }

        if (firing.Left.IsEmpty)
        {
            return firing with { Ended = now, End = FiringEnd.Done };
        }

        var step = ScheduleStep.Of(firing.Left[0]);
        var start = await starts.StartAsync(schedule, step, Key(schedule.Name, firing, firing.Left[0]), firing, cancellationToken).ConfigureAwait(false);
        var end = start.Kind switch
        {
            StartKind.Begun => PoolEnd.Running,

            // What comes next needs the image, whoever has it built or promoted.
            StartKind.UnderWay when step.Kind != StepKind.Rotation && start.Run is not null => PoolEnd.Running,
            StartKind.NothingToDo => PoolEnd.NothingToDo,
            StartKind.UnderWay => PoolEnd.UnderWay,
            StartKind.Unavailable when now - firing.Turn <= schedule.StartingDeadline => (PoolEnd?)null,
            _ => PoolEnd.Refused,
        };
        var taken = firing with { Left = firing.Left.RemoveAt(0) };
        return end is null ? null
            : end == PoolEnd.Running ? taken with { Pools = taken.Pools.Add(new FiredPool(firing.Left[0], end.Value, start.Run, start.Why)) }
            : Closed(taken with { Pools = taken.Pools.Add(new FiredPool(firing.Left[0], end.Value, start.Run, start.Why)) }, null, now);
    }

    /// <summary>Another run that took the place of an image's, e.g. a promotion that waits no longer; null where there is none. One that only cancelled wants the others left out.</summary>
    private async Task<FiredPool?> InsteadAsync(FiredPool step, Run cancelled, CancellationToken cancellationToken) =>
        ScheduleStep.Of(step.Pool).Kind != StepKind.Rotation
        && (await runs.ListAsync(cancelled.Cluster, cancelled.Pool, unfinishedOnly: true, cancellationToken).ConfigureAwait(false)).MinBy(run => run.Turn) is { } next
            ? step with { Run = next.Id, Why = $"it took the place of {cancelled.Id}" }
            : null;

    /// <summary>The last step is dealt with. After one that did not come out as wanted the others are left out: what went wrong there may go wrong with them.</summary>
    private static Firing Closed(Firing firing, FiredPool? last, DateTimeOffset now)
    {
        var closed = last is null ? firing : firing with { Pools = firing.Pools.SetItem(firing.Pools.Length - 1, last) };
        closed = closed with { Turn = now };
        return closed.Pools[^1] is { End: PoolEnd.Failed or PoolEnd.Refused } wrong
            ? closed with
            {
                End = FiringEnd.Failed,
                Ended = now,
                Why = $"{wrong.Pool}: {wrong.Why}",
                Pools = [.. closed.Pools, .. closed.Left.Select(step => new FiredPool(step, PoolEnd.LeftOut, null, $"{wrong.Pool} did not succeed"))],
                Left = [],
            }
            : closed;
    }

    private static PoolEnd Success(string step) => ScheduleStep.Of(step).Kind switch
    {
        StepKind.Build => PoolEnd.Built,
        StepKind.Promotion => PoolEnd.Promoted,
        _ => PoolEnd.Rotated,
    };

    private static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
