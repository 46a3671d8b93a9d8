using System.Net;
using System.Text.Json;
using k8s.Authentication;
using k8s.Autorest;

namespace k8s;

public partial class Kubernetes : AbstractKubernetes, IKubernetes
{
    private readonly bool disableHttp2;
    private readonly string tlsServerName;
    private readonly string userAgent;

    public Kubernetes(KubernetesClientConfiguration config, params DelegatingHandler[] handlers)
    {
        BaseUri = Uri.TryCreate(config.Host, UriKind.Absolute, out var host)
            ? host
            : throw new Exceptions.KubeConfigException($"Bad host url '{config.Host}'");
        Credentials = CreateCredentials(config);
        HttpClientTimeout = config.HttpClientTimeout;
        disableHttp2 = config.DisableHttp2;
        tlsServerName = config.TlsServerName;
        userAgent = config.UserAgent ?? "KubernetesClient";
        var transport = Transport.Create(config);
        config.FirstMessageHandlerSetup?.Invoke(transport);
        HttpMessageHandler first = transport;
        foreach (var handler in handlers ?? [])
        {
            handler.InnerHandler = first;
            first = handler;
        }

        // Each call has its own limit; a watch has none.
        HttpClient = new HttpClient(first) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public Uri BaseUri { get; set; }

    public ServiceClientCredentials Credentials { get; }

    public HttpClient HttpClient { get; }

    public static ServiceClientCredentials CreateCredentials(KubernetesClientConfiguration config) => config switch
    {
        { TokenProvider: { } provider } => new TokenCredentials(provider),
        { AccessToken.Length: > 0 } => new TokenCredentials(new StringTokenProvider(config.AccessToken, "Bearer")),
        _ => null,
    };

    public void Dispose()
    {
        HttpClient.Dispose();
        GC.SuppressFinalize(this);
    }

    internal override async Task<HttpOperationResponse<T>> SendAsync<T>(Call call, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!call.IsWatch)
        {
            limit.CancelAfter(HttpClientTimeout);
        }

        var result = new HttpOperationResponse<T> { Request = call.ToRequest(BaseUri) };
        try
        {
            await PrepareAsync(result.Request, limit.Token).ConfigureAwait(false);
            result.Response = await HttpClient.SendAsync(result.Request, HttpCompletionOption.ResponseHeadersRead, limit.Token).ConfigureAwait(false);
            await ThrowOnFailureAsync(result.Request, result.Response, limit.Token).ConfigureAwait(false);
            if (!call.IsWatch)
            {
                result.Body = await ReadAsync<T>(result.Response, limit.Token).ConfigureAwait(false);
            }

            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private async Task PrepareAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!disableHttp2)
        {
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        }

        if (!string.IsNullOrEmpty(tlsServerName))
        {
            request.Headers.Host = tlsServerName;
        }

        request.Headers.TryAddWithoutValidation("User-Agent", userAgent);
        if (Credentials is not null)
        {
            await Credentials.ProcessHttpRequestAsync(request, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task ThrowOnFailureAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
        {
            return;
        }

        var content = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var sent = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        throw new HttpOperationException($"Operation returned an invalid status code '{response.StatusCode}', response body {content}")
        {
            Request = new HttpRequestMessageWrapper(request, sent),
            Response = new HttpResponseMessageWrapper(response, content),
        };
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (typeof(T) == typeof(Stream))
        {
            return (T)(object)stream;
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, KubernetesJson.Options, cancellationToken).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw new k8s.Exceptions.KubernetesClientException($"The answer to {response.RequestMessage?.RequestUri?.AbsolutePath} is no {typeof(T).Name}", e);
        }
    }
}
