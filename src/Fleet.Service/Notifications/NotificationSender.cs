using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Core.Runs;
using Fleet.Hosting.Outgoing;
using Fleet.Hosting.Settings;

namespace Fleet.Service.Notifications;

/// <summary>Sends one notification, once.</summary>
/// <param name="settings">The server's settings.</param>
/// <param name="wall">The clock that a signature names.</param>
internal sealed class NotificationSender(ServiceSettings settings, TimeProvider wall) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _client = new(OutgoingHandler.Create(settings.Outgoing)) { Timeout = Patience, MaxResponseContentBufferSize = 64 * 1024 };

    /// <summary>The signature of a body: HMAC-SHA256 of the timestamp, a dot and the body.</summary>
    public static string Sign(string secret, string timestamp, ReadOnlySpan<byte> body)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{timestamp}."), .. body];
        return $"v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed))}";
    }

    /// <summary>Sends it.</summary>
    /// <exception cref="NotificationException">It was not taken.</exception>
    public async Task SendAsync(Notification to, RunNews news, CancellationToken cancellationToken)
    {
        try
        {
            using var request = to.Kind == NotificationKind.Webhook ? Webhook(to, news) : Post(Address(to), Bytes(NewsText.Slack(news)));
            using var response = await _client.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw new NotificationException($"it answered {(int)response.StatusCode}");
            }
        }
        catch (HttpRequestException failure)
        {
            // The message may name the address, which of Slack's kind is a secret.
            throw new NotificationException(failure.InnerException is OutgoingRefusedException refused && to.Kind == NotificationKind.Webhook ? refused.Message
                : failure.InnerException is SocketException socket ? $"it cannot be reached: {socket.SocketErrorCode}" : $"it cannot be reached: {failure.HttpRequestError}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NotificationException($"no answer within {Patience.TotalSeconds:0} s");
        }
        catch (SecretUnavailableException unavailable)
        {
            throw new NotificationException(unavailable.Message, unavailable);
        }
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Webhook(Notification to, RunNews news)
    {
        var (body, timestamp) = (Bytes(NewsText.Body(news)), wall.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        var request = Post(to.Url!, body);
        request.Headers.Add("Fleet-Id", news.Id);
        request.Headers.Add("Fleet-Timestamp", timestamp);
        request.Headers.Add("Fleet-Signature", Sign(settings.Secrets.Read(to.Secret!), timestamp, body));
        return request;
    }

    private Uri Address(Notification to) => Uri.TryCreate(settings.Secrets.Read(to.Secret!), UriKind.Absolute, out var address) ? address : throw new NotificationException($"secret '{to.Secret}' holds no address");

    private static HttpRequestMessage Post(Uri address, byte[] body) => new(HttpMethod.Post, address)
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
    };

    private static byte[] Bytes(JsonObject body) => Encoding.UTF8.GetBytes(body.ToJsonString());
}
