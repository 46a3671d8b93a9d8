using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace Fleet.Service.SignIn.Tokens;

/// <summary>A public key of an issuer's set, for one algorithm only, so that no key is ever used as something else (RFC 8725, "Use Appropriate Algorithms").</summary>
internal sealed class SigningKey
{
    private readonly RSAParameters? _rsa;
    private readonly ECParameters? _curve;

    private SigningKey(string? id, RSAParameters? rsa, ECParameters? curve) => (Id, _rsa, _curve) = (id, rsa, curve);

    public string? Id { get; }

    public string Algorithm => _rsa is null ? "ES256" : "RS256";

    /// <summary>Reads a key of a set; null for one that signs nothing here: another kind, for encryption, too short.</summary>
    public static SigningKey? Read(JsonElement key)
    {
        if (key.ValueKind != JsonValueKind.Object || Text(key, "use") is not (null or "sig"))
        {
            return null;
        }

        var algorithm = Text(key, "alg");
        try
        {
            return Text(key, "kty") switch
            {
                "RSA" when algorithm is null or "RS256" && Bytes(key, "n") is { Length: >= 256 and <= 1024 } modulus && Bytes(key, "e") is { Length: <= 8 } exponent =>
                    new SigningKey(Text(key, "kid"), new RSAParameters { Modulus = modulus, Exponent = exponent }, null),
                "EC" when algorithm is null or "ES256" && Text(key, "crv") == "P-256" && Bytes(key, "x") is { Length: 32 } x && Bytes(key, "y") is { Length: 32 } y =>
                    new SigningKey(Text(key, "kid"), null, new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } }),
                _ => null,
            };
        }
        catch (FormatException)
        {
            return null;
        }
    }

    public bool Verifies(SignedToken token)
    {
        if (token.Algorithm != Algorithm)
        {
            return false;
        }

        try
        {
            if (_rsa is { } parameters)
            {
                using var rsa = RSA.Create(parameters);
                return rsa.VerifyData(token.Signed.Span, token.Signature.Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            }

            using var curve = ECDsa.Create(_curve!.Value);
            return token.Signature.Length == 64 && curve.VerifyData(token.Signed.Span, token.Signature.Span, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            // A point that is not on the curve, or a modulus that is none: such a key verifies nothing.
            return false;
        }
    }

    private static string? Text(JsonElement key, string name) => key.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Bytes(JsonElement key, string name) => Text(key, name) is { } text ? Base64Url.DecodeFromChars(text) : null;
}
