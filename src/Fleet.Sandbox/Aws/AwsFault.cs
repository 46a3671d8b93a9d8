using Fleet.Simulation.Calls;

namespace Fleet.Sandbox.Aws;

/// <summary>A planned fault in the words of the service that it hits.</summary>
internal static class AwsFault
{
    /// <summary>The service's refusal; null where no answer arrives at all.</summary>
    public static CallRefusedException? Of(WorldFaultException fault, AwsService service, string arn) => (fault.Kind, service) switch
    {
        (WorldFaultKind.Throttled, AwsService.Ec2) => new(503, "RequestLimitExceeded", "Request limit exceeded."),
        (WorldFaultKind.Throttled, AwsService.Ssm or AwsService.Kms) => new(400, "ThrottlingException", "Rate exceeded"),
        (WorldFaultKind.Throttled, _) => new(400, "Throttling", "Rate exceeded"),
        (WorldFaultKind.ServerError, AwsService.Ec2) => new(500, "InternalError", "An internal error has occurred"),
        (WorldFaultKind.ServerError, AwsService.Ssm) => new(500, "InternalServerError", "An internal error has occurred"),
        (WorldFaultKind.ServerError, AwsService.Kms) => new(500, "KMSInternalException", "An internal error has occurred"),
        (WorldFaultKind.ServerError, _) => new(500, "InternalFailure", "An internal error has occurred"),
        (WorldFaultKind.Denied, AwsService.Ec2) => new(403, "UnauthorizedOperation", $"You are not authorized to perform this operation. User: {arn} is not authorized to perform: ec2:{fault.Call.Verb} because no identity-based policy allows the ec2:{fault.Call.Verb} action"),
        (WorldFaultKind.Denied, AwsService.Ssm) => new(400, "AccessDeniedException", Denied(arn, "ssm", fault)),
        (WorldFaultKind.Denied, AwsService.Kms) => new(400, "AccessDeniedException", Denied(arn, "kms", fault)),
        (WorldFaultKind.Denied, AwsService.Sts) => new(403, "AccessDenied", Denied(arn, "sts", fault)),
        (WorldFaultKind.Denied, _) => new(403, "AccessDenied", Denied(arn, "autoscaling", fault)),
        _ => null,
    };

    private static string Denied(string arn, string prefix, WorldFaultException fault) =>
        $"User: {arn} is not authorized to perform: {prefix}:{fault.Call.Verb} on resource: {fault.Call.Subject} because no identity-based policy allows the {prefix}:{fault.Call.Verb} action";
}
