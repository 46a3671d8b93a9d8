using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Fleet.Service.SignIn.Tokens;

/// <summary>A token in compact form, taken apart and not yet believed (RFC 7515, "JWS Compact Serialization Overview").</summary>
internal sealed record SignedToken(string Algorithm, string? KeyId, JsonElement Claims, ReadOnlyMemory<byte> Signed, ReadOnlyMemory<byte> Signature)
{
    /// <summary>Longest token; issuers stay far below, as headers are limited to 32 KiB.</summary>
    public const int MaxLength = 16 * 1024;

    /// <summary>Where a header names keys of its own, whoever forged the token chose them.</summary>
    private static readonly string[] KeysOfItsOwn = ["jku", "jwk", "x5u", "x5c"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 16 };

    /// <exception cref="TokenRefusedException">It is none, or a kind that is not taken.</exception>
    public static SignedToken Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            throw new TokenRefusedException($"the token has {text.Length} characters; allowed: at most {MaxLength}");
        }

        var parts = text.Split('.');
        if (parts.Length != 3)
        {
            throw new TokenRefusedException($"the token has {parts.Length} parts; a signed one has three");
        }

        var header = Object(parts[0], "header");
        var algorithm = String(header, "alg");
        if (algorithm is not ("RS256" or "ES256"))
        {
            throw new TokenRefusedException($"the token's algorithm is '{(algorithm is { Length: <= 16 } ? algorithm : "?")}'; allowed: RS256, ES256");
        }

        if (KeysOfItsOwn.FirstOrDefault(name => header.TryGetProperty(name, out _)) is { } own)
        {
            throw new TokenRefusedException($"the token brings or names a key of its own ({own}); only the issuer's key set is believed");
        }

        if (header.TryGetProperty("crit", out _))
        {
            throw new TokenRefusedException("the token demands extensions (crit); none is known");
        }

        return new SignedToken(algorithm, String(header, "kid"), Object(parts[1], "payload"), Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2], "signature"));
    }

    private static string? String(JsonElement header, string name) => header.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement Object(string part, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(Bytes(part, what), Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : throw new TokenRefusedException($"the token's {what} is no JSON object");
        }
        catch (JsonException)
        {
            throw new TokenRefusedException($"the token's {what} is no JSON object");
        }
    }

    private static byte[] Bytes(string part, string what)
    {
        // Blanks, padding and spare bits, which decoders forgive, are not part of the form: one token has one spelling.
        var bytes = part.Length > 0 && Base64Url.IsValid(part) ? Base64Url.DecodeFromChars(part) : [];
        return bytes.Length > 0 && Base64Url.EncodeToString(bytes) == part ? bytes : throw new TokenRefusedException($"the token's {what} is not base64url");
    }
}
