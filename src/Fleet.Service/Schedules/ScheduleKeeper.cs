using System.Collections.Concurrent;
using Fleet.Core.Inventory;
using Fleet.Core.Schedules;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Schedules;

/// <summary>Looks at schedules when it is asked to, each on its own: a cluster that takes its time keeps no other schedule waiting. After a look the next one is planned.</summary>
internal sealed partial class ScheduleKeeper(ServiceOptions options, ScheduleDriver driver, LookTimes times, ILogger logger) : IAsyncDisposable
{
    /// <summary>Runs take minutes: whether one has ended is asked at leisure.</summary>
    private const int Leisure = 5;

    private readonly PolicyPace _pace = new(options.Connections.Policy, options.Connections.Wall);
    private readonly ConcurrentDictionary<string, Task> _looking = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>After how long something that is under way is looked at again.</summary>
    public TimeSpan Soon => options.Interval * Leisure;

    /// <summary>When a schedule in a state is to be looked at next, by the wall clock; null for not at all.</summary>
    public DateTimeOffset? Next(ScheduleSpec schedule, ScheduleState state) =>
        new Timetable(schedule).Wanted(state) is not { } wanted ? null
        : wanted > options.Connections.Policy.GetUtcNow() ? _pace.WallTime(wanted)
        : options.Connections.Wall.GetUtcNow() + Soon;

    /// <summary>Looks at one schedule by its name, if it is declared, and returns when that is done.</summary>
    public async Task LookAsync(string name)
    {
        try
        {
            if ((await options.Inventory.SnapshotAsync(_stopping.Token).ConfigureAwait(false)).Schedules.FirstOrDefault(schedule => schedule.Name == name) is { } declared)
            {
                await Look(declared).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Whoever looks next goes on with what is recorded.
        }
#pragma warning disable CA1031 // A database that does not answer for a while is asked again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.StepFailed(logger, name, failure);
        }
    }

    /// <summary>Begins a look at one schedule unless it is being looked at; ends with it, without a failure.</summary>
    public Task Look(ScheduleSpec schedule) =>
        _stopping.IsCancellationRequested ? Task.CompletedTask : _looking.GetOrAdd(schedule.Name, _ => Task.Run(() => StepAsync(schedule), CancellationToken.None));

    /// <summary>Begins nothing more, and returns when no look is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_looking.Values).ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async Task StepAsync(ScheduleSpec schedule)
    {
        try
        {
            if (await driver.StepAsync(schedule, _stopping.Token).ConfigureAwait(false) is { } state)
            {
                await PlanAsync(schedule, state).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // Whoever looks next goes on with what is recorded.
        }
#pragma warning disable CA1031 // One schedule's failure must not end the others; it is looked at again.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Log.StepFailed(logger, schedule.Name, failure);
        }
        finally
        {
            _looking.TryRemove(schedule.Name, out _);
        }
    }

    private async Task PlanAsync(ScheduleSpec schedule, ScheduleState state)
    {
        try
        {
            await times.PlanAsync(schedule.Name, Next(schedule, state), _stopping.Token).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // What has been done is recorded; whatever becomes of Quartz, the next look comes.
        catch (Exception failure) when (!_stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            Log.PlanFailed(logger, schedule.Name, failure.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "Schedule {Schedule} could not be looked at; it is tried again")]
        public static partial void StepFailed(ILogger logger, string schedule, Exception failure);

        [LoggerMessage(EventId = 2103, Level = LogLevel.Warning, Message = "The next look at schedule {Schedule} could not be planned; it comes within a minute: {Why}")]
        public static partial void PlanFailed(ILogger logger, string schedule, string why);
    }
}
