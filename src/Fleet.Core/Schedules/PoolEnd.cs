namespace Fleet.Core.Schedules;

/// <summary>What came of one pool when a schedule fired.</summary>
public enum PoolEnd
{
    /// <summary>Its run is under way.</summary>
    Running,

    /// <summary>It was rotated.</summary>
    Rotated,

    /// <summary>No instance is too old or outdated.</summary>
    NothingToDo,

    /// <summary>It had a run already, which goes on; none was queued behind it.</summary>
    UnderWay,

    /// <summary>The checks before a run refused it.</summary>
    Refused,

    /// <summary>Its run failed or was cancelled.</summary>
    Failed,

    /// <summary>It was left out, since a pool before it was not rotated.</summary>
    LeftOut,
}
