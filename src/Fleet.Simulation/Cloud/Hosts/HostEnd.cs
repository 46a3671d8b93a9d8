namespace Fleet.Simulation.Cloud.Hosts;

/// <summary>How a script on a host ended.</summary>
public enum HostEnd
{
    /// <summary>By itself, with an exit code.</summary>
    Exited,

    /// <summary>It was killed when its time was over.</summary>
    TimedOut,

    /// <summary>It was killed because somebody asked.</summary>
    Stopped,

    /// <summary>It never began: this machine does not permit what a host needs.</summary>
    Unavailable,
}
