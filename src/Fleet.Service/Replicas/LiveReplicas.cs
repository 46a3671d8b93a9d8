using Fleet.Core.Runs;
using Microsoft.Extensions.Logging;

namespace Fleet.Service.Replicas;

/// <summary>How many replicas share the store, as this one last heard. One that is killed counts for another half minute, one that ends in order is gone at once.</summary>
/// <param name="store">Where replicas say that they live; null: this one is alone.</param>
/// <param name="replica">This one's name.</param>
/// <param name="wall">The wall clock.</param>
/// <param name="logger">Takes what failed.</param>
internal sealed partial class LiveReplicas(IReplicaStore? store, string replica, TimeProvider wall, ILogger logger)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);

    private volatile int _count = 1;

    /// <summary>How many there are, at least this one.</summary>
    public int Count => _count;

    /// <summary>Says that it lives, and hears of the others, until it is stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (store is not null && !stopping.IsCancellationRequested)
        {
            try
            {
                _count = Math.Max(1, await store.LiveAsync(replica, wall.GetUtcNow(), Silence, stopping).ConfigureAwait(false));
                await Task.Delay(Pace, wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                break;
            }
#pragma warning disable CA1031 // Whatever the store fails with, the last count holds until it answers again.
            catch (Exception away)
#pragma warning restore CA1031
            {
                Log.Uncounted(logger, away);
                await Task.Delay(Pace, wall, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        await LeaveAsync().ConfigureAwait(false);
    }

    private async Task LeaveAsync()
    {
        try
        {
            await (store?.LeaveAsync(replica, CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // Who cannot say goodbye is forgotten.
        catch (Exception away)
#pragma warning restore CA1031
        {
            Log.Uncounted(logger, away);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 1300, Level = LogLevel.Warning, Message = "The replicas that live cannot be counted; limits stay divided as they were")]
        public static partial void Uncounted(ILogger logger, Exception away);
    }
}
