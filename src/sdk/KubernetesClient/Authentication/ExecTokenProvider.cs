using System.Net.Http.Headers;

namespace k8s.Authentication;

/// <summary>A plugin's token, asked for again 30 s before it expires.</summary>
internal sealed class ExecTokenProvider(ExecPlugin plugin, ExecCredential first, TimeProvider time) : ITokenProvider, IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim turn = new(1);
    private ExecCredential current = first;

    public async Task<AuthenticationHeaderValue> GetAuthenticationHeaderAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (current.Expires is { } expires && time.GetUtcNow() >= expires - Margin)
            {
                current = await plugin.RunAsync(cancellationToken).ConfigureAwait(false);
            }

            return new AuthenticationHeaderValue("Bearer", current.Token);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
