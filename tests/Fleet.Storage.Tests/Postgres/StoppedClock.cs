namespace Fleet.Storage.Tests.Postgres;

/// <summary>A wall clock that shows what the test says; its timers run as ever.</summary>
internal sealed class StoppedClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
