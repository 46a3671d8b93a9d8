using Amazon.Runtime;

namespace Fleet.Aws;

/// <summary>Makes the SDK's HTTP clients over a wrapped transport.</summary>
internal sealed class WrappedTransport(Func<HttpMessageHandler, HttpMessageHandler> wrap) : HttpClientFactory
{
    public override HttpClient CreateHttpClient(IClientConfig clientConfig) =>
        new(wrap(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = System.Net.DecompressionMethods.None }));

    /// <summary>One client for each configuration: a wrapped transport belongs to its test.</summary>
    public override string GetConfigUniqueString(IClientConfig clientConfig) => $"{GetHashCode()}";
}
