using System.Net.Http.Headers;

namespace k8s.Authentication;

public sealed class StringTokenProvider : ITokenProvider
{
    private readonly string accessToken;

    public StringTokenProvider(string accessToken, string tokenType)
    {
        this.accessToken = accessToken;
        TokenType = tokenType;
    }

    public string TokenType { get; }

    public Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new AuthenticationHeaderValue(TokenType, accessToken));
}
