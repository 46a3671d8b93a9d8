using Fleet.Core.Disruption;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Ports;

/// <summary>What a caller of the cluster's ports sees of a refusal or a fault, as the adapter over the wire would report it.</summary>
internal static class ClusterFailure
{
    public static bool Is(Exception failure) => failure is CallRefusedException or WorldFaultException;

    /// <summary>The port's failure; the verb says what was attempted.</summary>
    public static ClusterUnreachableException Of(Exception failure) => failure switch
    {
        CallRefusedException { Status: 401 } refused => new("unauthorized", refused.Message, refused),
        CallRefusedException { Status: 403 } refused => new("forbidden", refused.Message, refused),
        CallRefusedException refused => new("unreachable", $"{refused.Status} {refused.Message}", refused),
        WorldFaultException { Kind: WorldFaultKind.Denied } denied => new("forbidden", $"{denied.Call.Verb} on {denied.Call.Subject} is forbidden for {denied.Call.Caller}", denied),
        WorldFaultException fault => new("unreachable", $"{fault.Call.Verb} on {fault.Call.Subject}: {fault.Kind}", fault),
        _ => throw new ArgumentException("not a failure of a call", nameof(failure), failure),
    };

    /// <summary>An eviction's or deletion's answer for a refusal or fault.</summary>
    public static EvictionAnswer Answer(Exception failure) => failure switch
    {
        Cluster.Api.StatusException refused => Answer(refused),
        CallRefusedException refused => new(EvictionOutcome.Refused, refused.Message),
        WorldFaultException { Kind: WorldFaultKind.Throttled } fault => new(EvictionOutcome.Throttled, fault.Message),
        WorldFaultException { Kind: WorldFaultKind.Denied } fault => new(EvictionOutcome.Refused, fault.Message),
        _ => new(EvictionOutcome.Failed, failure.Message),
    };

    private static EvictionAnswer Answer(Cluster.Api.StatusException refused)
    {
        var why = refused.Causes.FirstOrDefault(cause => cause.Reason == "DisruptionBudget");
        TimeSpan? hint = refused.RetryAfterSeconds > 0 ? TimeSpan.FromSeconds(refused.RetryAfterSeconds) : null;
        return refused.Status switch
        {
            404 or 409 => new(EvictionOutcome.Gone, refused.Message),
            429 when why is not null => new(EvictionOutcome.Blocked, why.Message, hint),
            429 => new(EvictionOutcome.Throttled, refused.Message, hint),
            500 when refused.Message.Contains("more than one PodDisruptionBudget", StringComparison.Ordinal) => new(EvictionOutcome.TwoBudgets, refused.Message),
            >= 500 => new(EvictionOutcome.Failed, refused.Message, hint),
            _ => new(EvictionOutcome.Refused, refused.Message),
        };
    }
}
