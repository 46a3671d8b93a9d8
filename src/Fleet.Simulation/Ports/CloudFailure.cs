using Fleet.Core.Rotations;
using Fleet.Simulation.Calls;

namespace Fleet.Simulation.Ports;

/// <summary>What a caller of the cloud's ports sees of a refusal or a fault, as the adapter over the wire would report it after its own retries.</summary>
internal static class CloudFailure
{
    private static readonly HashSet<string> Busy = ["ScalingActivityInProgress", "ResourceContention", "Throttling", "RequestLimitExceeded"];

    /// <summary>Makes a port's call on the world.</summary>
    /// <param name="service">IAM prefix of the operation: <c>autoscaling</c>, <c>ec2</c>, <c>ssm</c>, <c>sts</c>.</param>
    /// <param name="operation">The operation, to name the IAM action.</param>
    /// <param name="call">The call.</param>
    /// <exception cref="CloudRefusedException">The world refused it, or a fault hit it.</exception>
    public static T Make<T>(string service, string operation, Func<T> call)
    {
        try
        {
            return call();
        }
        catch (CallRefusedException refused)
        {
            throw new CloudRefusedException(CodeOf(refused), $"{service}:{operation}", $"{refused.Code}: {refused.Message}", refused);
        }
        catch (WorldFaultException fault)
        {
            throw new CloudRefusedException(CodeOf(fault.Kind), $"{service}:{operation}", fault.Message, fault);
        }
    }

    /// <summary>Whether a refusal has this error code of AWS's.</summary>
    public static bool Is(CloudRefusedException refused, string code) => refused.InnerException is CallRefusedException { Code: var given } && given == code;

    private static string CodeOf(CallRefusedException refused) =>
        Busy.Contains(refused.Code) ? "busy"
        : refused.Code.Contains("NotFound", StringComparison.Ordinal) ? "not-found"
        : refused.Status == 403 ? "denied"
        : "invalid";

    private static string CodeOf(WorldFaultKind kind) => kind switch
    {
        WorldFaultKind.Denied => "denied",
        WorldFaultKind.Throttled or WorldFaultKind.ServerError => "busy",
        _ => "unreachable",
    };
}
