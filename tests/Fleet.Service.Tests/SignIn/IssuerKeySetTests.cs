using System.Text.Json.Nodes;
using Fleet.Service.SignIn.Tokens;

namespace Fleet.Service.Tests.SignIn;

public sealed class IssuerKeySetTests : IDisposable
{
    private static readonly Uri Issuer = new("https://issuer.example");

    private readonly Signer _signer = new();
    private readonly SetClock _clock = new(Signer.Now);
    private readonly IssuerPages _served = new();
    private readonly HttpMessageInvoker _http;
    private readonly IssuerKeySet _keys;

    public IssuerKeySetTests()
    {
        _http = new HttpMessageInvoker(_served);
        _keys = new IssuerKeySet(Issuer, _http, _clock);
        _served.Serve(_signer);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _http.Dispose();
        _served.Dispose();
        _signer.Dispose();
    }

    [Fact]
    public async Task Keys_are_fetched_once_an_hour()
    {
        (await FindAsync("rsa")).ShouldHaveSingleItem().Algorithm.ShouldBe("RS256");
        (await FindAsync("curve")).ShouldHaveSingleItem().Algorithm.ShouldBe("ES256");
        _served.Asked.ShouldBe(2);
        _clock.Pass(TimeSpan.FromMinutes(61));
        await FindAsync("rsa");
        _served.Asked.ShouldBe(4);
    }

    [Fact]
    public async Task A_key_that_is_rolled_in_is_found_when_a_token_names_it()
    {
        await FindAsync("rsa");
        using var next = new Signer();
        var rolled = next.Jwks();
        rolled["keys"]![0]!["kid"] = "next";
        _served.Pages["/keys"] = rolled;
        _clock.Pass(TimeSpan.FromMinutes(2));

        (await FindAsync("next")).Count.ShouldBe(1);
        (await FindAsync("rsa")).Count.ShouldBe(0);
    }

    [Fact]
    public async Task Made_up_key_names_make_it_ask_once_a_minute_at_most()
    {
        for (var number = 0; number < 100; number++)
        {
            (await FindAsync($"made-up-{number}")).ShouldBeEmpty();
        }

        _served.Asked.ShouldBe(2);
    }

    [Fact]
    public async Task While_the_issuer_is_away_the_keys_serve_for_a_day()
    {
        await FindAsync("rsa");
        _served.Pages.Clear();
        _clock.Pass(TimeSpan.FromHours(23));
        (await FindAsync("rsa")).Count.ShouldBe(1);
        _clock.Pass(TimeSpan.FromHours(2));
        (await Should.ThrowAsync<TokenRefusedException>(() => FindAsync("rsa"))).Message.ShouldContain("cannot be had");
    }

    [Theory]
    [InlineData("https://evil.example", "https://issuer.example/keys")]
    [InlineData("https://issuer.example", "http://issuer.example/keys")]
    [InlineData("https://issuer.example", "keys")]
    public async Task A_discovery_document_of_another_issuer_or_without_tls_is_not_believed(string issuer, string keys)
    {
        _served.Pages["/.well-known/openid-configuration"] = new JsonObject { ["issuer"] = issuer, ["jwks_uri"] = keys };
        await Should.ThrowAsync<TokenRefusedException>(() => FindAsync("rsa"));
    }

    [Fact]
    public async Task A_token_without_key_name_finds_the_only_key_and_none_of_several()
    {
        (await FindAsync(null)).ShouldBeEmpty();
        var one = _signer.Jwks();
        one["keys"]!.AsArray().RemoveAt(0);
        _served.Pages["/keys"] = one;
        _clock.Pass(TimeSpan.FromHours(2));
        (await FindAsync(null)).Count.ShouldBe(1);
    }

    private Task<IReadOnlyList<SigningKey>> FindAsync(string? keyId) => _keys.FindAsync(keyId, CancellationToken.None);
}
