namespace Fleet.Core.Runs;

/// <summary>What becomes of a new run whose pool has a run that has not ended: a pool has one run at a time.</summary>
public enum WhenUnderWay
{
    /// <summary>It is refused.</summary>
    Refuse,

    /// <summary>It begins when the other has ended; refused where another waits already.</summary>
    Queue,

    /// <summary>The other, and one that waits for it, are asked to cancel, into a mixture; it begins when they have ended.</summary>
    Supersede,
}
