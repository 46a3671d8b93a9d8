namespace Fleet.Core.Schedules;

/// <summary>What came of a schedule's time.</summary>
public enum FiringEnd
{
    /// <summary>It is under way.</summary>
    Open,

    /// <summary>Every pool was dealt with; where nothing was to be done, no run was begun.</summary>
    Done,

    /// <summary>A run did not succeed or could not be begun; pools behind it were left out.</summary>
    Failed,

    /// <summary>Nobody fired it within its deadline, and the schedule leaves such times out.</summary>
    Missed,

    /// <summary>Runs of an earlier time were under way still.</summary>
    Overlapped,
}
