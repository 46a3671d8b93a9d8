using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Service.SignIn.Tokens;

namespace Fleet.Service.Tests.SignIn;

public sealed class TokenVerifierTests : IDisposable
{
    private readonly Signer _signer = new();

    public void Dispose() => _signer.Dispose();

    [Theory]
    [InlineData("RS256")]
    [InlineData("ES256")]
    public async Task A_sound_token_gives_its_bearer_the_roles_meant_for_Fleet(string algorithm)
    {
        var caller = await VerifyAsync(_signer.Sign(Signer.Claims(), algorithm));

        caller.Name.ShouldBe("https://issuer.example ada");
        caller.Grants.Select(grant => $"{grant}").ShouldBe(["operator:prod", "viewer"]);
        caller.May(Role.Operator, "prod").ShouldBeTrue();
        caller.May(Role.Operator, "test").ShouldBeFalse();
    }

    [Theory]
    [InlineData("none", "algorithm is 'none'")]
    [InlineData("None", "algorithm is 'None'")]
    [InlineData("HS256", "algorithm is 'HS256'")]
    [InlineData("RS512", "algorithm is 'RS512'")]
    [InlineData("PS256", "algorithm is 'PS256'")]
    public Task Other_algorithms_are_refused_whoever_signed(string algorithm, string because) => RefusedAsync(_signer.Sign(Signer.Claims(), algorithm), because);

    [Theory]
    [InlineData("jku", "https://evil.example/keys")]
    [InlineData("x5u", "https://evil.example/chain")]
    public Task A_token_that_says_where_its_key_is_is_refused(string name, string value) => RefusedAsync(_signer.Sign(Signer.Claims(), adapt: header => header[name] = value), $"({name})");

    [Fact]
    public async Task A_token_that_brings_its_key_is_refused()
    {
        using var forger = new Signer();
        await RefusedAsync(forger.Sign(Signer.Claims(), adapt: header => header["jwk"] = forger.Jwks()["keys"]![0]!.DeepClone()), "(jwk)");
        await RefusedAsync(forger.Sign(Signer.Claims(), adapt: header => header["x5c"] = new JsonArray("MIIB")), "(x5c)");
        await RefusedAsync(forger.Sign(Signer.Claims()), "signature is not the issuer's");
        await RefusedAsync(_signer.Sign(Signer.Claims(), adapt: header => header["crit"] = new JsonArray("exp")), "crit");
    }

    [Theory]
    [InlineData("RS256", "curve", "not the issuer's")]
    [InlineData("ES256", "rsa", "not the issuer's")]
    [InlineData("RS256", "nobody", "no key of the token's kid")]
    [InlineData("RS256", "../../etc/passwd", "no key of the token's kid")]
    public Task A_key_serves_its_own_algorithm_only(string algorithm, string keyId, string because) => RefusedAsync(_signer.Sign(Signer.Claims(), algorithm, keyId), because);

    [Theory]
    [InlineData("iss", "\"https://evil.example\"", "issuer is not")]
    [InlineData("iss", "\"https://issuer.example/\"", "issuer is not")]
    [InlineData("aud", "\"other\"", "not for audience fleet")]
    [InlineData("aud", "[\"other\", 7]", "not for audience fleet")]
    [InlineData("sub", "\"\"", "names no subject")]
    [InlineData("sub", "\"a\\nb\"", "names no subject")]
    [InlineData("exp", "1773107969", "expired")]
    [InlineData("exp", "\"1999999999\"", "exp is no time")]
    [InlineData("exp", "1e300", "exp is no time")]
    [InlineData("exp", "-1", "exp is no time")]
    [InlineData("nbf", "1773108100", "not valid before")]
    [InlineData("iat", "1773108100", "not valid before")]
    public async Task A_wrong_claim_refuses_the_token(string name, string value, string because)
    {
        var claims = Signer.Claims();
        claims[name] = JsonNode.Parse(value);
        await RefusedAsync(_signer.Sign(claims), because);
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    [InlineData("exp")]
    public async Task A_missing_claim_refuses_the_token(string name)
    {
        var claims = Signer.Claims();
        claims.Remove(name);
        await RefusedAsync(_signer.Sign(claims), "the token");
    }

    [Fact]
    public async Task The_issuers_clock_may_be_off_a_little_and_audiences_may_be_several()
    {
        var claims = Signer.Claims();
        claims["exp"] = Signer.Now.AddSeconds(-29).ToUnixTimeSeconds();
        claims["nbf"] = Signer.Now.AddSeconds(29).ToUnixTimeSeconds();
        claims["aud"] = new JsonArray("other", "fleet");
        (await VerifyAsync(_signer.Sign(claims))).Name.ShouldEndWith(" ada");
    }

    [Fact]
    public async Task Every_change_of_a_token_is_noticed()
    {
        var token = _signer.Sign(Signer.Claims(), "ES256");
        for (var place = 0; place < token.Length; place += 3)
        {
            var changed = token.Remove(place, 1).Insert(place, token[place] == 'A' ? "B" : "A");
            await RefusedAsync(changed, "the token");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a.b")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.AA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.W10.AA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9 .e30.AA")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9==.e30.AA")]
    public Task What_is_no_token_is_refused(string text) => RefusedAsync(text, "the token");

    [Fact]
    public async Task A_huge_token_is_refused_before_it_is_read()
    {
        await RefusedAsync(new string('a', 1_000_000), "1000000 characters");
        var deep = string.Concat(Enumerable.Repeat("[", 4000)) + string.Concat(Enumerable.Repeat("]", 4000));
        await RefusedAsync($"{System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.ASCII.GetBytes(deep))}.e30.AA", "no JSON object");
    }

    [Fact]
    public Task A_claim_that_is_given_twice_refuses_the_token()
    {
        var twice = System.Buffers.Text.Base64Url.EncodeToString("""{"alg":"RS256","alg":"none"}"""u8);
        return RefusedAsync($"{twice}.e30.AA", "no JSON object");
    }

    private Task<Caller> VerifyAsync(string token) => new TokenVerifier(Signer.Rules, _signer, new SetClock(Signer.Now)).VerifyAsync(token, CancellationToken.None);

    private async Task RefusedAsync(string token, string because)
    {
        var refused = await Should.ThrowAsync<TokenRefusedException>(() => VerifyAsync(token));
        refused.Message.ShouldContain(because);
        if (token.Length > 20)
        {
            refused.Message.ShouldNotContain(token);
        }
    }
}
