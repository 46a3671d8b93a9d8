namespace Fleet.Core.Images.Proof;

/// <summary>Phases of a proof.</summary>
public enum ProofPhase
{
    /// <summary>The instance has not reported yet.</summary>
    Waiting,

    /// <summary>The next script is about to be sent.</summary>
    Sending,

    /// <summary>A script is with the instance.</summary>
    Running,

    /// <summary>Every check has passed.</summary>
    Passed,

    /// <summary>A check has not, or the instance never reported.</summary>
    Failed,

    /// <summary>Somebody asked it to end.</summary>
    Cancelled,
}
