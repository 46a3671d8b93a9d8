using Fleet.Simulation;

namespace Fleet.Sandbox.Host;

/// <summary>
/// Moves the world's timeline with the wall clock: world time = start + elapsed × speed. Sleeps until the next thing on the agenda is due, and is woken when a call has put something before it.
/// </summary>
public sealed class WorldPump : TimeProvider, IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private readonly World _world;
    private readonly TimeProvider _wall;
    private readonly DateTimeOffset _origin;
    private readonly long _started;
    private readonly ITimer _timer;
    private Exception? _failure;
    private bool _disposed;

    /// <summary>Starts to move the world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="speed">World seconds per wall second.</param>
    public WorldPump(World world, TimeProvider wall, double speed)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(speed);
        (_world, _wall, Speed) = (world, wall, speed);
        lock (world.Gate)
        {
            _origin = world.Now;
            _started = wall.GetTimestamp();
            _timer = wall.CreateTimer(_ => Tick(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            world.Log.Recorded += Wake;
            Arm();
        }
    }

    /// <summary>World seconds per wall second.</summary>
    public double Speed { get; }

    /// <summary>The world's present by the wall clock, between two things of the agenda too.</summary>
    public override DateTimeOffset GetUtcNow() => _origin + (_wall.GetElapsedTime(_started) * Speed);

    /// <summary>Does all that is due by now; every call on the world is preceded by it, so that no call meets a stale present.</summary>
    /// <exception cref="InvalidOperationException">Something on the agenda has failed; the world stands still since.</exception>
    public void Advance()
    {
        lock (_world.Gate)
        {
            if (_failure is not null)
            {
                throw new InvalidOperationException($"the world stands still: {_failure.Message}", _failure);
            }

            if (!_disposed)
            {
                _world.Timeline.RunUntil(GetUtcNow());
            }
        }
    }

    /// <summary>Stops the world.</summary>
    public void Dispose()
    {
        lock (_world.Gate)
        {
            _disposed = true;
            _world.Log.Recorded -= Wake;
        }

        _timer.Dispose();
    }

    private void Wake(Simulation.Calls.CallRecord call)
    {
        if (call.Writes)
        {
            Arm();
        }
    }

    private void Tick()
    {
        lock (_world.Gate)
        {
            try
            {
                Advance();
                Arm();
            }
            catch (Exception failure) when (_failure is null)
            {
                // Nobody awaits a timer; the next call on the world tells it.
                _failure = failure;
            }
            catch (InvalidOperationException)
            {
                // Told already.
            }
        }
    }

    private void Arm()
    {
        if (_disposed || _failure is not null)
        {
            return;
        }

        // Also armed when the agenda is empty: something other than a call may fill it.
        var wait = _world.Timeline.NextAt is { } next ? (next - GetUtcNow()) / Speed : Longest;
        _timer.Change(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
    }
}
