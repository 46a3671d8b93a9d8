namespace Fleet.Core.Runs;

/// <summary>What a person asks of a run; other processes leave it in the store and the driver acts on it in its next round.</summary>
public enum RunRequest
{
    /// <summary>Nothing is asked.</summary>
    None,

    /// <summary>Halt at the next safe point.</summary>
    Pause,

    /// <summary>Go on.</summary>
    Resume,

    /// <summary>End in a stated mixture, with nothing left undone.</summary>
    Cancel,

    /// <summary>Go on past the gate at which it stopped for a person.</summary>
    Approve,
}
