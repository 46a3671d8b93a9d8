namespace Fleet.Core.Images.Proof;

/// <summary>How a script on an instance ended (AWS Systems Manager User Guide, "Understanding command statuses").</summary>
public enum ScriptEnd
{
    /// <summary>It has not: it waits for the instance or runs.</summary>
    None,

    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>Somebody asked it to.</summary>
    Cancelled,

    /// <summary>It ran longer than it may.</summary>
    TimedOut,

    /// <summary>It never reached the instance.</summary>
    Undelivered,

    /// <summary>By itself, but what it said could not be fetched.</summary>
    Unread,
}
