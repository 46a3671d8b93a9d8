namespace Fleet.Core.Schedules;

/// <summary>What a person may ask of a schedule.</summary>
public enum ScheduleRequest
{
    /// <summary>Fire it at once, whatever its times say and also while it is suspended.</summary>
    RunNow,

    /// <summary>As <see cref="RunNow"/>; what it promotes need not have been in use first, and a person must approve it: a security fix.</summary>
    RunNowSkippingSoak,

    /// <summary>Fire nothing for now.</summary>
    Suspend,

    /// <summary>Fire again; times that passed meanwhile are not made up for.</summary>
    Resume,
}
