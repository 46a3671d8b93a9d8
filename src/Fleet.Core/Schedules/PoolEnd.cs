namespace Fleet.Core.Schedules;

/// <summary>What came of one pool, or of one step for an image, when a schedule fired.</summary>
public enum PoolEnd
{
    /// <summary>Its run is under way.</summary>
    Running,

    /// <summary>It was rotated.</summary>
    Rotated,

    /// <summary>The recipe's image was built.</summary>
    Built,

    /// <summary>The recipe's candidate became stable.</summary>
    Promoted,

    /// <summary>No instance is too old or outdated; of an image, it was built before, or there is no candidate.</summary>
    NothingToDo,

    /// <summary>It had a run already, which goes on; none was queued behind it.</summary>
    UnderWay,

    /// <summary>The checks before a run refused it.</summary>
    Refused,

    /// <summary>Its run failed or was cancelled.</summary>
    Failed,

    /// <summary>It was left out, since what came before it did not succeed.</summary>
    LeftOut,
}
