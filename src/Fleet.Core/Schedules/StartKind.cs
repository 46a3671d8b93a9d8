namespace Fleet.Core.Schedules;

/// <summary>What came of a try to begin a run.</summary>
public enum StartKind
{
    /// <summary>A run is begun, or was begun before under the same key.</summary>
    Begun,

    /// <summary>There is nothing to do.</summary>
    NothingToDo,

    /// <summary>The pool, or the image, has another run.</summary>
    UnderWay,

    /// <summary>The checks before a run refuse it.</summary>
    Refused,

    /// <summary>The cluster or the account does not answer; another try may do.</summary>
    Unavailable,
}
