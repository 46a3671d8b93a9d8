namespace k8s.Authentication;

/// <summary>Puts a provider's token on every request.</summary>
internal sealed class TokenCredentials(ITokenProvider provider) : ServiceClientCredentials
{
    public override async Task ProcessHttpRequestAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Headers.Authorization = await provider.GetAuthenticationHeaderAsync(cancellationToken).ConfigureAwait(false);
}
