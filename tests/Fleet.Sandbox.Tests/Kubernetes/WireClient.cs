using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Fleet.Sandbox.Host;

namespace Fleet.Sandbox.Tests.Kubernetes;

/// <summary>Plain HTTP against the sandbox's API server, trusting its CA and nothing else.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly HttpClient _http;

    public WireClient(SandboxHost host, string? token = null)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { X509Certificate2.CreateFromPem(host.AuthorityPem) },
        };
        _http = new HttpClient(handler) { BaseAddress = host.KubernetesEndpoint };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token ?? host.Users.First().Key);
    }

    public async Task<(int Status, JsonNode Body, HttpResponseMessage Answer)> SendAsync(HttpMethod method, string path, string? body = null, string type = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, type);
        }

        var answer = await _http.SendAsync(request);
        return ((int)answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!, answer);
    }

    public Task<(int Status, JsonNode Body, HttpResponseMessage Answer)> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    /// <summary>Opens a watch and gives its events one by one.</summary>
    public async IAsyncEnumerable<JsonNode> WatchAsync(string path)
    {
        using var reader = new StreamReader(await _http.GetStreamAsync(path));
        while (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            yield return JsonNode.Parse(line)!;
        }
    }

    public void Dispose() => _http.Dispose();
}
