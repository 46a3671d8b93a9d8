namespace Fleet.Core.Inventory;

/// <summary>What happens to a node whose drain has taken longer than its limit.</summary>
public enum DrainTimeoutAction
{
    /// <summary>The run stops in a safe state and names the pods.</summary>
    Stop,

    /// <summary>The node stays cordoned and listed, the run goes on with the others and ends as stopped.</summary>
    Quarantine,

    /// <summary>The remaining pods are deleted past their budgets. Legal only in a run's request, with an expiry; never in a declared pool.</summary>
    Force,
}
