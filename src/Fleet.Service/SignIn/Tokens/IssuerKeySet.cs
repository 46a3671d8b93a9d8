using System.Collections.Immutable;
using System.Text.Json;

namespace Fleet.Service.SignIn.Tokens;

/// <summary>
/// An issuer's key set, found by its discovery document (OpenID Connect Discovery 1.0), kept for an hour and fetched again when a token names a key that is not in it: so issuers roll their keys. While the issuer
/// is away the set is used for a day.
/// </summary>
internal sealed class IssuerKeySet(Uri issuer, HttpMessageInvoker http, TimeProvider wall) : IKeySet, IDisposable
{
    private const int MaxBytes = 1 << 20;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);

    /// <summary>Tokens with made-up key names must not make the service ask without end.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan Oldest = TimeSpan.FromDays(1);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _fetching = new(1);
    private ImmutableArray<SigningKey> _keys = [];
    private DateTimeOffset? _fetched;
    private DateTimeOffset? _tried;

    public void Dispose() => _fetching.Dispose();

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SigningKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var now = wall.GetUtcNow();
            var old = _fetched is not { } fetched || now - fetched > Fresh;
            if ((old || Matching(keyId).Count == 0) && (_tried is not { } tried || now - tried >= Pause))
            {
                _tried = now;
                await FetchAsync(now, cancellationToken).ConfigureAwait(false);
            }

            return _fetched is { } last && now - last <= Oldest ? Matching(keyId) : throw new TokenRefusedException($"the keys of {issuer} cannot be had");
        }
        finally
        {
            _fetching.Release();
        }
    }

    /// <summary>The key of that name; for a token without a name the only key, as several would make it a guess.</summary>
    private List<SigningKey> Matching(string? keyId) => [.. _keys.Where(key => keyId is null ? _keys.Length == 1 : key.Id == keyId)];

    private async Task FetchAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience, wall);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            using var discovery = await GetAsync(new Uri($"{issuer.OriginalString.TrimEnd('/')}/.well-known/openid-configuration"), either.Token).ConfigureAwait(false);
            var root = discovery.RootElement;
            if (root.GetProperty("issuer").GetString() != issuer.OriginalString || !Uri.TryCreate(root.GetProperty("jwks_uri").GetString(), UriKind.Absolute, out var address) || address.Scheme != issuer.Scheme)
            {
                return;
            }

            using var set = await GetAsync(address, either.Token).ConfigureAwait(false);
            _keys = [.. set.RootElement.GetProperty("keys").EnumerateArray().Select(SigningKey.Read).OfType<SigningKey>()];
            _fetched = now;
        }
        catch (Exception failed) when (failed is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or IOException || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The set that is known goes on being used until it is too old; then tokens are refused with that reason.
        }
    }

    private async Task<JsonDocument> GetAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{address} answered {(int)response.StatusCode}");
        }

        await response.Content.LoadIntoBufferAsync(MaxBytes, cancellationToken).ConfigureAwait(false);
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
    }
}
