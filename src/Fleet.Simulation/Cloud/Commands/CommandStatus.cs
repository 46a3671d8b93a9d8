namespace Fleet.Simulation.Cloud.Commands;

/// <summary>States of a command and of its invocations (AWS Systems Manager User Guide, "Understanding command statuses").</summary>
public static class CommandStatus
{
    /// <summary>Not yet at the instance.</summary>
    public const string Pending = "Pending";

    /// <summary>The instance runs it.</summary>
    public const string InProgress = "InProgress";

    /// <summary>The instance could not be reached; it is tried again.</summary>
    public const string Delayed = "Delayed";

    /// <summary>Ended with exit code 0.</summary>
    public const string Success = "Success";

    /// <summary>Ended on demand.</summary>
    public const string Cancelled = "Cancelled";

    /// <summary>Not delivered in time, or not ended in time: the details say which.</summary>
    public const string TimedOut = "TimedOut";

    /// <summary>Ended with another exit code.</summary>
    public const string Failed = "Failed";

    /// <summary>Asked to end.</summary>
    public const string Cancelling = "Cancelling";

    /// <summary>Details of <see cref="TimedOut"/>: the instance was not reached in TimeoutSeconds.</summary>
    public const string DeliveryTimedOut = "DeliveryTimedOut";

    /// <summary>Details of <see cref="TimedOut"/>: it ran longer than executionTimeout.</summary>
    public const string ExecutionTimedOut = "ExecutionTimedOut";

    /// <summary>Whether nothing follows.</summary>
    public static bool IsFinal(string status) => status is Success or Cancelled or TimedOut or Failed;
}
