using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using Fleet.Core.Disruption;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;

namespace Fleet.Kubernetes;

/// <summary>What went wrong with a call, read from the client's exceptions.</summary>
internal static class KubernetesFailure
{
    /// <summary>The HTTP status of a refusal; null when there was no answer.</summary>
    public static int? StatusOf(Exception failure) => failure switch
    {
        HttpOperationException { Response: { } response } => (int)response.StatusCode,
        KubernetesException { Status: { } status } => status.Code,
        _ => null,
    };

    /// <summary>Whether an exception is a failure of a call and not a bug; a cancelled wait of the caller's is neither.</summary>
    public static bool Is(Exception failure, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && failure is HttpOperationException or HttpRequestException or KubernetesException or KubernetesClientException or IOException or OperationCanceledException or JsonException;

    /// <summary>Whether the same call may succeed later: rate limits, failing servers, no answer.</summary>
    public static bool Passing(Exception failure) => failure switch
    {
        HttpRequestException { InnerException: AuthenticationException } => false,
        _ => StatusOf(failure) is null or 408 or 429 or >= 500,
    };

    /// <summary>The Status object of a refusal; null when the body is none.</summary>
    public static V1Status? Read(Exception failure)
    {
        if (failure is KubernetesException { Status: { } status })
        {
            return status;
        }

        try
        {
            return failure is HttpOperationException { Response.Content: { Length: > 0 } content } ? KubernetesJson.Deserialize<V1Status>(content) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The server's hint of when to come back.</summary>
    public static TimeSpan? RetryAfter(Exception failure)
    {
        if (failure is HttpOperationException { Response.Headers: { } headers })
        {
            var header = headers.FirstOrDefault(pair => pair.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.FirstOrDefault();
            if (int.TryParse(header, out var seconds) && seconds > 0)
            {
                return TimeSpan.FromSeconds(seconds);
            }
        }

        return Read(failure)?.Details?.RetryAfterSeconds is int told and > 0 ? TimeSpan.FromSeconds(told) : null;
    }

    /// <summary>What the server said, or the transport's error; never a header or a token.</summary>
    public static string Sentence(Exception failure) => failure switch
    {
        HttpOperationException { Response: { } response } => Read(failure)?.Message is { Length: > 0 } message ? message : $"the server answered {(int)response.StatusCode} {response.ReasonPhrase}",
        OperationCanceledException => "no answer in time",
        HttpRequestException { InnerException: { } inner } => inner.Message,
        _ => failure.Message,
    };

    /// <summary>The port's failure for a call.</summary>
    /// <param name="failure">What the client threw.</param>
    /// <param name="attempted">What was attempted, e.g. <c>list nodes</c>.</param>
    /// <param name="server">The API server.</param>
    /// <param name="wall">The wall clock, by which certificates end.</param>
    public static async Task<ClusterUnreachableException> OfAsync(Exception failure, string attempted, Uri server, TimeProvider wall)
    {
        var code = StatusOf(failure) switch
        {
            (int)HttpStatusCode.Unauthorized => "unauthorized",
            (int)HttpStatusCode.Forbidden => "forbidden",
            _ => "unreachable",
        };
        if (failure is HttpRequestException { InnerException: AuthenticationException })
        {
            var (ended, sentence) = await CertificateProbe.ExplainAsync(server, wall).ConfigureAwait(false);
            return new ClusterUnreachableException(ended ? "certificate-expired" : "certificate-invalid", $"cannot {attempted} on {server.Authority}: {sentence}", failure);
        }

        return new ClusterUnreachableException(code, $"cannot {attempted} on {server.Authority}: {Sentence(failure)}", failure);
    }
}
