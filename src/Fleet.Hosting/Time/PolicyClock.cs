using System.Text.Json;

namespace Fleet.Hosting.Time;

/// <summary>
/// Policy time that follows a published clock, e.g. a sandbox's: <c>{"now": RFC 3339, "speed": number}</c>. Between two looks it is extrapolated by the wall clock; timers are shortened by the speed.
/// It never runs backwards.
/// </summary>
public sealed class PolicyClock : TimeProvider, IDisposable
{
    private static readonly TimeSpan Resync = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly HttpClient _http = new() { Timeout = Patience };
    private readonly CancellationTokenSource _end = new();
    private readonly Uri _url;
    private readonly TimeProvider _wall;
    private ITimer? _resync;
    private DateTimeOffset _now;
    private long _seen;
    private DateTimeOffset _told;

    private PolicyClock(Uri url, TimeProvider wall) => (_url, _wall) = (url, wall);

    /// <summary>World seconds per wall second.</summary>
    public double Speed { get; private set; } = 1;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Begins to follow a clock.</summary>
    /// <param name="url">Where it is published.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="cancellationToken">Ends the first look.</param>
    /// <exception cref="PolicyClockException">It does not answer, or not with a time and a speed above 0.</exception>
    public static async Task<PolicyClock> FollowAsync(Uri url, TimeProvider wall, CancellationToken cancellationToken)
    {
        var clock = new PolicyClock(url, wall);
        try
        {
            await clock.LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (PolicyClockException)
        {
            clock.Dispose();
            throw;
        }

        clock._resync = wall.CreateTimer(_ => _ = clock.LookAgainAsync(), null, Resync, Resync);
        return clock;
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            var now = _now + (_wall.GetElapsedTime(_seen) * Speed);
            _told = now > _told ? now : _told;
            return _told;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, _wall.CreateTimer(callback, state, Scale(dueTime), Scale(period)));

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        _resync?.Dispose();
        _http.Dispose();
        _end.Dispose();
    }

    private async Task LookAgainAsync()
    {
        try
        {
            await LookAsync(_end.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is PolicyClockException or OperationCanceledException or ObjectDisposedException)
        {
            // Extrapolated until it answers again.
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            var before = _wall.GetTimestamp();
            using var answer = JsonDocument.Parse(await _http.GetStringAsync(_url, cancellationToken).ConfigureAwait(false));
            var now = answer.RootElement.GetProperty("now").GetDateTimeOffset();
            var speed = answer.RootElement.GetProperty("speed").GetDouble();
            if (speed is not (> 0 and < 1e9))
            {
                throw new PolicyClockException($"the clock at {_url} tells speed {speed}; allowed: above 0");
            }

            lock (_gate)
            {
                // Half the way back counts as elapsed.
                (_now, _seen, Speed) = (now + (_wall.GetElapsedTime(before) / 2 * speed), _wall.GetTimestamp(), speed);
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or KeyNotFoundException or FormatException or InvalidOperationException
            || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new PolicyClockException($"the clock at {_url} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Whole milliseconds, rounded up: the system's timers cut off the rest and would fire too early.</summary>
    private TimeSpan Scale(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero ? span : TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds / Speed));

    private sealed class Timer(PolicyClock clock, ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scale(dueTime), clock.Scale(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
