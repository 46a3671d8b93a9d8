namespace Fleet.Storage.Tests.Postgres;

/// <summary>The system's clock; in a hurry, three seconds pass between two looks at its stopwatch.</summary>
internal sealed class HurriedClock : TimeProvider
{
    private long _ahead;

    public bool Hurry { get; set; }

    public override long GetTimestamp() => System.GetTimestamp() + (Hurry ? Interlocked.Add(ref _ahead, 3 * TimestampFrequency) : 0);
}
