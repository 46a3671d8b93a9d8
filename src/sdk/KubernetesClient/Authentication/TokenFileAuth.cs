using System.Net.Http.Headers;

namespace k8s.Authentication;

public class TokenFileAuth : ITokenProvider
{
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private readonly string tokenFile;
    private readonly TimeProvider time;
    private (string Token, DateTimeOffset Read) current;

    public TokenFileAuth(string tokenFile)
        : this(tokenFile, TimeProvider.System)
    {
    }

    internal TokenFileAuth(string tokenFile, TimeProvider time)
    {
        this.tokenFile = tokenFile;
        this.time = time;
    }

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        // The kubelet renews the file well before its token expires, so a token of up to a minute ago is good.
        if (current.Token is null || time.GetUtcNow() - current.Read >= Age)
        {
            var token = await File.ReadAllTextAsync(tokenFile, cancellationToken).ConfigureAwait(false);
            current = (token.Trim(), time.GetUtcNow());
        }

        return new AuthenticationHeaderValue("Bearer", current.Token);
    }
}
