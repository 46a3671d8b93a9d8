namespace Fleet.Simulation.Calls;

/// <summary>All calls, in order. Guarded by <see cref="World.Gate"/>.</summary>
public sealed class CallLog
{
    private readonly List<CallRecord> _records = [];

    /// <summary>Raised for each call once its answer is known.</summary>
    public event Action<CallRecord>? Recorded;

    /// <summary>All calls so far.</summary>
    public IReadOnlyList<CallRecord> Records => _records;

    internal void Add(CallRecord record)
    {
        _records.Add(record);
        Recorded?.Invoke(record);
    }
}
