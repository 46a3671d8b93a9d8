using System.Diagnostics;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Fleet.Core.Telemetry;

namespace Fleet.Aws;

/// <summary>Counts every request to AWS, and makes a span of it, within the SDK's retries: a repetition is a request too, and only here are throttles seen that the SDK overcomes.</summary>
/// <param name="service">The service's prefix in IAM actions.</param>
internal sealed class CallTelemetry(string service) : PipelineHandler
{
    private static readonly HashSet<string> Throttles = ["Throttling", "ThrottlingException", "ThrottledException", "RequestLimitExceeded", "RequestThrottled", "RequestThrottledException", "TooManyRequestsException", "EC2ThrottledException"];

    public override async Task<T> InvokeAsync<T>(IExecutionContext executionContext)
    {
        var verb = executionContext.RequestContext.RequestName.Replace("Request", "", StringComparison.Ordinal);
        using var span = FleetActivities.StartCall("aws", $"{service}:{verb}");
        var (outcome, began) = ("failed", Stopwatch.GetTimestamp());
        try
        {
            var answer = await base.InvokeAsync<T>(executionContext).ConfigureAwait(false);
            outcome = "ok";
            return answer;
        }
        catch (AmazonServiceException refused)
        {
            outcome = OutcomeOf(refused);
            span.Fail(refused.ErrorCode ?? outcome);
            throw;
        }
        catch (Exception failure)
        {
            span.Fail(failure.GetType().Name);
            throw;
        }
        finally
        {
            FleetMetrics.AwsCalls.Add(1, new("service", service), new("verb", verb), new("outcome", outcome));
            FleetMetrics.AwsCallDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("service", service));
        }
    }

    private static string OutcomeOf(AmazonServiceException refused) =>
        Throttles.Contains(refused.ErrorCode ?? "") || (int)refused.StatusCode == 429 ? "throttled" : (int)refused.StatusCode is >= 400 and < 500 ? "refused" : "failed";
}
