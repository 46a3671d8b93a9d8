namespace Fleet.Simulation;

/// <summary>The world's time as a <see cref="TimeProvider"/>: timers fire when the timeline reaches them, never by the wall clock.</summary>
public sealed class WorldClock(World world) : TimeProvider
{
    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => world.Timeline.Now;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override long GetTimestamp() => world.Timeline.Now.UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new WorldTimer(world, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class WorldTimer(World world, TimerCallback callback, object? state) : ITimer
    {
        private IDisposable? _next;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (world.Gate)
            {
                _next?.Dispose();
                _next = dueTime == Timeout.InfiniteTimeSpan ? null : world.Timeline.After(dueTime, () => Fire(period));
                return true;
            }
        }

        public void Dispose()
        {
            lock (world.Gate)
            {
                _next?.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(TimeSpan period)
        {
            if (period > TimeSpan.Zero)
            {
                _next = world.Timeline.After(period, () => Fire(period));
            }

            callback(state);
        }
    }
}
