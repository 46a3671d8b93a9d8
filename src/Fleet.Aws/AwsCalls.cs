using Amazon.Runtime;
using Fleet.Core.Rotations;

namespace Fleet.Aws;

/// <summary>Makes calls within the budget and turns the SDK's exceptions into the port's failure. Repetition is the SDK's standard retry's.</summary>
internal sealed class AwsCalls(CallBudget budget)
{
    private static readonly HashSet<string> Denied = ["UnauthorizedOperation", "AccessDenied", "AccessDeniedException"];

    private static readonly HashSet<string> Unauthorized =
    [
        "AuthFailure", "InvalidClientTokenId", "SignatureDoesNotMatch", "ExpiredToken", "ExpiredTokenException", "RequestExpired", "UnrecognizedClientException",
        "MissingAuthenticationToken", "IncompleteSignature", "InvalidSignatureException", "OptInRequired", "InvalidAccessKeyId",
    ];

    private static readonly HashSet<string> Busy =
    [
        "Throttling", "ThrottlingException", "ThrottledException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException", "EC2ThrottledException",
        "ScalingActivityInProgress", "ResourceContention", "InternalFailure", "InternalError", "ServiceUnavailable", "Unavailable",

        // What others free, or AWS adds, cures these (Amazon EC2 API Reference, "Error codes for the Amazon EC2 API").
        "InsufficientInstanceCapacity", "InsufficientFreeAddressesInSubnet", "InstanceLimitExceeded", "VcpuLimitExceeded", "MaxIOPSLimitExceeded", "VolumeLimitExceeded",
    ];

    /// <summary>Makes a call.</summary>
    /// <param name="action">The IAM action, e.g. <c>ec2:DescribeInstances</c>.</param>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CloudRefusedException">AWS refused, or did not answer.</exception>
    public async Task<T> MakeAsync<T>(string action, Func<Task<T>> call, CancellationToken cancellationToken)
    {
        await budget.TakeAsync(action, cancellationToken).ConfigureAwait(false);
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (AmazonServiceException failure)
        {
            throw new CloudRefusedException(CodeOf(failure), action, string.IsNullOrEmpty(failure.ErrorCode) ? failure.Message : $"{failure.ErrorCode}: {failure.Message}", failure);
        }
        catch (AmazonClientException failure)
        {
            // The SDK itself could not go on: no credentials in its chain, or no region.
            throw new CloudRefusedException("unauthorized", action, failure.Message, failure);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or TimeoutException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new CloudRefusedException("unreachable", action, failure is OperationCanceledException ? "no answer in time" : failure.Message, failure);
        }
    }

    /// <summary>Whether a refusal has this error code of AWS's.</summary>
    public static bool Is(CloudRefusedException refused, string code) => refused.InnerException is AmazonServiceException { ErrorCode: var given } && given == code;

    private static string CodeOf(AmazonServiceException failure)
    {
        var code = failure.ErrorCode ?? "";
        return Denied.Contains(code) ? "denied"
            : Unauthorized.Contains(code) ? "unauthorized"
            : Busy.Contains(code) || (int)failure.StatusCode is 429 or >= 500 ? "busy"
            : code.Contains("NotFound", StringComparison.Ordinal) ? "not-found"
            : failure.StatusCode == 0 ? "unreachable"
            : "invalid";
    }
}
