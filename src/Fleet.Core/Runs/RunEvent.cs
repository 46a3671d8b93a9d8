namespace Fleet.Core.Runs;

/// <summary>What others want to hear of a run.</summary>
public enum RunEvent
{
    /// <summary>It is under way.</summary>
    Started,

    /// <summary>It waits for a person: to approve it, or as a person paused it.</summary>
    Waiting,

    /// <summary>Fleet stopped it; its reasons say on what.</summary>
    Stuck,

    /// <summary>It succeeded.</summary>
    Done,

    /// <summary>It failed or was cancelled.</summary>
    Failed,
}
