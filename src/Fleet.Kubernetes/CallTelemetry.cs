using System.Diagnostics;
using System.Globalization;
using Fleet.Core.Telemetry;

namespace Fleet.Kubernetes;

/// <summary>Counts every request to an API server, and makes a span of it: repetitions, lists and watches included.</summary>
internal sealed class CallTelemetry : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (verb, resource) = RequestVerb.Of(request.Method, request.RequestUri!);
        using var span = FleetActivities.StartCall("kubernetes", $"{verb} {resource}");
        span?.SetTag("server.address", request.RequestUri!.Host);
        var (code, began) = (0, Stopwatch.GetTimestamp());
        try
        {
            var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            code = (int)answer.StatusCode;
            if (code >= 400)
            {
                span.Fail(code.ToString(CultureInfo.InvariantCulture));
            }

            return answer;
        }
        catch (Exception failure)
        {
            span.Fail(failure.GetType().Name);
            throw;
        }
        finally
        {
            FleetMetrics.KubernetesCalls.Add(1, new("verb", verb), new("resource", resource), new("code", code));
            if (verb != RequestVerb.Watch)
            {
                FleetMetrics.KubernetesCallDuration.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("verb", verb));
            }
        }
    }
}
