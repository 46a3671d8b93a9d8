namespace Fleet.Core.Runs;

/// <summary>A run's phase.</summary>
public enum RunPhase
{
    /// <summary>Created, nobody drives it yet.</summary>
    Pending,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Under way, and goes on by itself when what it waits for comes true.</summary>
    Waiting,

    /// <summary>A person halted it.</summary>
    Paused,

    /// <summary>Fleet halted it; a person must act; resumable.</summary>
    Stopped,

    /// <summary>Final: done.</summary>
    Succeeded,

    /// <summary>Final: given up, nothing left undone.</summary>
    Failed,

    /// <summary>Final: cancelled by a person, nothing left undone.</summary>
    Cancelled,
}
