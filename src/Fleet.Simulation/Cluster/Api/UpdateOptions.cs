namespace Fleet.Simulation.Cluster.Api;

/// <summary>How an update came about.</summary>
public sealed record UpdateOptions
{
    /// <summary>Verb for log and fault rules: <c>update</c> or <c>patch</c>.</summary>
    public string Verb { get; init; } = "update";

    /// <summary>Subresource; <c>status</c> changes the status and labels only, anything else the desired state only. Null for the object itself.</summary>
    public string? Subresource { get; init; }

    /// <summary>Arguments that matter, for the log, e.g. <c>unschedulable=true</c>.</summary>
    public string? Detail { get; init; }

    /// <summary>Judge only; nothing changes.</summary>
    public bool DryRun { get; init; }
}
