using System.Collections.Concurrent;
using Fleet.Core.Inventory;
using Fleet.Core.Schedules;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Schedules;

/// <summary>Looks at all schedules when it is asked to, each on its own: a cluster that takes its time keeps no other schedule waiting.</summary>
internal sealed partial class ScheduleKeeper(ServiceOptions options, ScheduleDriver driver, ILogger logger) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Task> _looking = new();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Begins a look at every schedule that is not being looked at.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var schedule in (await options.Inventory.SnapshotAsync(cancellationToken).ConfigureAwait(false)).Schedules)
            {
                Look(schedule);
            }
        }
#pragma warning disable CA1031 // A database that does not answer for a while must not end the timer.
        catch (Exception failure) when (failure is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Log.LookFailed(logger, failure);
        }
    }

    /// <summary>Begins a look at one schedule unless it is being looked at.</summary>
    public void Look(ScheduleSpec schedule)
    {
        if (!_stopping.IsCancellationRequested)
        {
            _looking.GetOrAdd(schedule.Name, _ => Task.Run(() => StepAsync(schedule), CancellationToken.None));
        }
    }

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
            await driver.StepAsync(schedule, _stopping.Token).ConfigureAwait(false);
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

    private static partial class Log
    {
        [LoggerMessage(EventId = 2100, Level = LogLevel.Error, Message = "Looking at the schedules failed")]
        public static partial void LookFailed(ILogger logger, Exception failure);

        [LoggerMessage(EventId = 2101, Level = LogLevel.Error, Message = "Schedule {Schedule} could not be looked at; it is tried again")]
        public static partial void StepFailed(ILogger logger, string schedule, Exception failure);
    }
}
