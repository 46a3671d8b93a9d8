using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fleet.Cli.Backends;

/// <summary>Speaks to a server: signs in, tries again what may be tried again, and makes errors of what it refuses.</summary>
internal sealed class ServerClient : IDisposable
{
    private const int Tries = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    private readonly ServerTarget _target;
    private readonly TimeProvider _wall;
    private readonly HttpClient _http;

    public ServerClient(ServerTarget target, TimeProvider wall)
    {
        (_target, _wall) = (target, wall);

        // A redirect would carry the key to somebody else.
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5), AutomaticDecompression = DecompressionMethods.All };
        if (target.Authorities is { } authorities)
        {
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            handler.SslOptions.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        _http = new HttpClient(handler) { BaseAddress = target.Url, Timeout = Timeout.InfiniteTimeSpan };
    }

    public ServerTarget Target => _target;

    public Task<ServerAnswer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, true, cancellationToken);

    /// <summary>Asks for something.</summary>
    /// <param name="method">Method.</param>
    /// <param name="path">Path and query, without a slash before.</param>
    /// <param name="body">The document; null for none.</param>
    /// <param name="repeatable">Whether it comes to the same when it arrives twice.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <param name="headers">Further headers.</param>
    /// <exception cref="RefusedException">The server refuses.</exception>
    /// <exception cref="ServerAwayException">It does not answer.</exception>
    public async Task<ServerAnswer> SendAsync(HttpMethod method, string path, JsonNode? body, bool repeatable, CancellationToken cancellationToken, params (string Name, string Value)[] headers)
    {
        for (var attempt = 1; ; attempt++)
        {
            var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(3, attempt - 1));
            try
            {
                using var request = Request(method, path, body, headers);
                using var response = await ConnectAsync(request, cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    var text = await TextAsync(response, cancellationToken).ConfigureAwait(false);
                    return new ServerAnswer((int)response.StatusCode, text.Length == 0 ? null : Parse(text), response.Headers.ETag?.ToString());
                }

                var later = response.Headers.RetryAfter?.Delta ?? pause;
                if (attempt == Tries || later > LongestPause || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                {
                    throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
                }

                pause = later > pause ? later : pause;
            }
            catch (ServerAwayException away) when (attempt < Tries && (repeatable || !away.Sent))
            {
                // It may be about to start; a person is not kept waiting for long.
            }

            await Task.Delay(pause, _wall, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Opens a stream of events.</summary>
    /// <returns>The answer, to be disposed of by the caller; null where there is nothing more to come.</returns>
    /// <exception cref="RefusedException">The server refuses.</exception>
    /// <exception cref="ServerAwayException">It does not answer.</exception>
    public async Task<HttpResponseMessage?> StreamAsync(string path, string? lastEventId, CancellationToken cancellationToken)
    {
        (string, string)[] headers = lastEventId is { Length: > 0 } ? [("Last-Event-ID", lastEventId)] : [];
        using var request = Request(HttpMethod.Get, path, null, headers);
        var response = await ConnectAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            return response.StatusCode == HttpStatusCode.NoContent ? null : throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path, JsonNode? body, IEnumerable<(string Name, string Value)> headers)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("fleet", typeof(ServerClient).Assembly.GetName().Version?.ToString(2)));
        if (_target.Credential() is { } credential)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString())) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        return request;
    }

    /// <summary>Sends a request and reads the head of the answer.</summary>
    private async Task<HttpResponseMessage> ConnectAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, _wall);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException away)
        {
            // What fails before the connection stands has not been sent.
            var sent = away.HttpRequestError is not (HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError);
            throw new ServerAwayException($"{_target.Name} does not answer: {(away.InnerException ?? away).Message}", sent);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ServerAwayException($"{_target.Name} does not answer within {Patience.TotalSeconds} s", sent: true);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        JsonNode? problem = null;
        try
        {
            problem = response.Content.Headers.ContentType?.MediaType is "application/problem+json" ? Parse(await TextAsync(response, cancellationToken).ConfigureAwait(false)) : null;
        }
        catch (FormatException)
        {
            // The status says enough.
        }

        var detail = (string?)problem?["detail"] ?? status.ToString(CultureInfo.InvariantCulture);
        return status is 429 or 503 ? new ServerAwayException($"{_target.Name} cannot take this now: {detail}", sent: false)
            : status >= 500 ? new ServerAwayException($"{_target.Name} failed: {detail}", sent: true)
            : ServerProblem.Of(_target, status, problem);
    }

    private async Task<string> TextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            return await response.Content.ReadAsStringAsync(cancellationToken).WaitAsync(Patience, _wall, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or TimeoutException)
        {
            throw new ServerAwayException($"{_target.Name} broke off its answer: {cut.Message}", sent: true);
        }
    }

    private static JsonNode Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) ?? throw new FormatException("the answer is null");
        }
        catch (JsonException wrong)
        {
            throw new FormatException($"the answer is no JSON: {wrong.Message}", wrong);
        }
    }
}
