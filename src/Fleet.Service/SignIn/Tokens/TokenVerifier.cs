using System.Collections.Immutable;
using System.Text.Json;
using Fleet.Core.Access;

namespace Fleet.Service.SignIn.Tokens;

/// <summary>Decides whether a bearer token is believed, and what its bearer may do.</summary>
internal sealed class TokenVerifier(TokenRules rules, IKeySet keys, TimeProvider wall)
{
    /// <exception cref="TokenRefusedException">It is not believed.</exception>
    public async Task<Caller> VerifyAsync(string text, CancellationToken cancellationToken)
    {
        var token = SignedToken.Parse(text);

        // What a forger cannot know is asked last: a token of another issuer must not make the service fetch keys.
        Check(token.Claims);
        var candidates = await keys.FindAsync(token.KeyId, cancellationToken).ConfigureAwait(false);
        if (!candidates.Any(key => key.Verifies(token)))
        {
            throw new TokenRefusedException(candidates.Count == 0 ? "the issuer has no key of the token's kid" : "the token's signature is not the issuer's");
        }

        var person = $"{rules.Issuer.OriginalString} {Text(token.Claims, "sub")}";
        return new Caller(person, [.. Roles(token.Claims)], person);
    }

    private void Check(JsonElement claims)
    {
        var now = wall.GetUtcNow();
        if (Text(claims, "iss") != rules.Issuer.OriginalString)
        {
            throw new TokenRefusedException($"the token's issuer is not {rules.Issuer.OriginalString}");
        }

        if (!Texts(claims, "aud").Contains(rules.Audience))
        {
            throw new TokenRefusedException($"the token is not for audience {rules.Audience}");
        }

        if (Text(claims, "sub") is not { Length: > 0 and <= 255 } subject || subject.Any(char.IsControl))
        {
            throw new TokenRefusedException("the token names no subject (sub)");
        }

        if (Time(claims, "exp", required: true) is { } ends && now >= ends + rules.Leeway)
        {
            throw new TokenRefusedException($"the token has expired at {ends:u}");
        }

        foreach (var name in new[] { "nbf", "iat" })
        {
            if (Time(claims, name, required: false) is { } begins && now < begins - rules.Leeway)
            {
                throw new TokenRefusedException($"the token is not valid before {begins:u} ({name})");
            }
        }
    }

    private IEnumerable<Grant> Roles(JsonElement claims) =>
        Texts(claims, rules.RolesClaim)
            .Where(role => role.StartsWith(rules.RolePrefix, StringComparison.Ordinal))
            .Select(role => Grant.Parse(role[rules.RolePrefix.Length..]))
            .OfType<Grant>();

    private static DateTimeOffset? Time(JsonElement claims, string name, bool required)
    {
        if (!claims.TryGetProperty(name, out var value))
        {
            return required ? throw new TokenRefusedException($"the token has no {name}") : null;
        }

        // NumericDate may have fractions (RFC 7519, "Terminology"); the year 9999 is the end of DateTimeOffset.
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253402300799
            ? DateTimeOffset.UnixEpoch.AddSeconds(seconds)
            : throw new TokenRefusedException($"the token's {name} is no time");
    }

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement claims, string name) =>
        !claims.TryGetProperty(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!)]
        : [];
}
