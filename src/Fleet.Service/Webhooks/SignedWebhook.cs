using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Fleet.Service.Notifications;

namespace Fleet.Service.Webhooks;

/// <summary>
/// A POST whose receiver can tell that it is Fleet's and new, signed as notifications are: <c>Fleet-Signature: v1=HEX</c>, an HMAC-SHA256 (RFC 2104) under the shared secret of <c>Fleet-Timestamp</c>, a point, and the body.
/// </summary>
internal static class SignedWebhook
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends it once.</summary>
    /// <param name="http">The transport: one that keeps to the server's outgoing rules.</param>
    /// <param name="url">The receiver.</param>
    /// <param name="secret">The shared secret.</param>
    /// <param name="json">The body.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <exception cref="HttpRequestException">It was not reached, not allowed, or did not answer with success.</exception>
    public static async Task SendAsync(HttpMessageInvoker http, Uri url, string secret, string json, TimeProvider wall, CancellationToken cancellationToken)
    {
        var body = Encoding.UTF8.GetBytes(json);
        using var patience = new CancellationTokenSource(Patience, wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };
        var timestamp = wall.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add("Fleet-Timestamp", timestamp);
        request.Headers.Add("Fleet-Signature", NotificationSender.Sign(secret, timestamp, body));
        try
        {
            using var response = await http.SendAsync(request, either.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                // A redirect is no success: it is not followed, as it could lead anywhere.
                throw new HttpRequestException($"{url.Host} answered {(int)response.StatusCode}", null, response.StatusCode);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException($"{url.Host} did not answer within {Patience.TotalSeconds} s");
        }
    }
}
