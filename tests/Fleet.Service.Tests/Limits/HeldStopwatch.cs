namespace Fleet.Service.Tests.Limits;

/// <summary>The machine's clock and timers, but what is measured between two moments is only what the test lets pass.</summary>
internal sealed class HeldStopwatch : TimeProvider
{
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Pass(TimeSpan time) => Interlocked.Add(ref _ticks, time.Ticks);

    public override long GetTimestamp() => Interlocked.Read(ref _ticks);
}
