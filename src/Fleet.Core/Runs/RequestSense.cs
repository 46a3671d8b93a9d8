namespace Fleet.Core.Runs;

/// <summary>Whether a request makes sense in a run's phase.</summary>
public enum RequestSense
{
    /// <summary>It does.</summary>
    Sensible,

    /// <summary>The run is as asked: nothing to do.</summary>
    AlreadySo,

    /// <summary>The run can no longer do that.</summary>
    Senseless,
}
