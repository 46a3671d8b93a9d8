namespace Fleet.Core.Tests.Runs;

/// <summary>A wall clock that is set on by the test.</summary>
internal sealed class SteppedClock : TimeProvider
{
    private DateTimeOffset _now = System.GetUtcNow();

    public void Step(TimeSpan by) => _now += by;

    public override DateTimeOffset GetUtcNow() => _now;
}
