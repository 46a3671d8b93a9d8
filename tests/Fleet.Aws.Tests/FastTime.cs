namespace Fleet.Aws.Tests;

/// <summary>The system's clock a thousand times as fast: buckets refill before anybody waits for them.</summary>
internal sealed class FastTime : TimeProvider
{
    private const int Factor = 1000;
    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * Factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => System.CreateTimer(callback, state, dueTime / Factor, period);
}
