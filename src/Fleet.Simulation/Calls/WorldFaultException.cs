namespace Fleet.Simulation.Calls;

/// <summary>A fault that the plan put on a call. The wire turns it into the service's own error; for a time-out it closes the connection without an answer.</summary>
public sealed class WorldFaultException(WorldFaultKind kind, WorldCall call)
    : Exception($"{kind}: {call.Verb} on {call.Subject}")
{
    /// <summary>What went wrong.</summary>
    public WorldFaultKind Kind => kind;

    /// <summary>The call.</summary>
    public WorldCall Call => call;
}
