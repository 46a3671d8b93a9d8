namespace Fleet.Storage.Tests.Postgres;

/// <summary>The system's clock, but on its stopwatch a step passes with each look: patience is a number of attempts, on a slow machine as on a fast one.</summary>
internal sealed class CountedClock : TimeProvider
{
    private long _looks;

    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(0.2);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Increment(ref _looks) * Step.Ticks;
}
