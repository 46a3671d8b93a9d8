namespace Fleet.Core.Runs;

/// <summary>Where an entry of the undo ledger stands.</summary>
public enum LedgerStatus
{
    /// <summary>To be undone.</summary>
    Open,

    /// <summary>Undone.</summary>
    Done,

    /// <summary>Nothing to undo any more: the subject is gone, or somebody else has taken over the value.</summary>
    Void,
}
