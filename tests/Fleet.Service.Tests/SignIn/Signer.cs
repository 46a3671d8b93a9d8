using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Service.SignIn.Tokens;

namespace Fleet.Service.Tests.SignIn;

/// <summary>An issuer with one key of each kind, that signs whatever it is given.</summary>
internal sealed class Signer : IKeySet, IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 3, 10, 2, 0, 0, TimeSpan.Zero);

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public static TokenRules Rules { get; } = new() { Issuer = new Uri("https://issuer.example"), Audience = "fleet" };

    public static JsonObject Claims() => new()
    {
        ["iss"] = "https://issuer.example",
        ["aud"] = "fleet",
        ["sub"] = "ada",
        ["exp"] = Now.AddMinutes(5).ToUnixTimeSeconds(),
        ["roles"] = new JsonArray("fleet:operator:prod", "fleet:viewer", "other:admin", "fleet:emperor"),
    };

    public string Sign(JsonObject claims, string algorithm = "RS256", string? keyId = null, Action<JsonObject>? adapt = null)
    {
        var header = new JsonObject { ["alg"] = algorithm, ["kid"] = keyId ?? (algorithm == "ES256" ? "curve" : "rsa") };
        adapt?.Invoke(header);
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = algorithm switch
        {
            "ES256" => Curve.SignData(bytes, HashAlgorithmName.SHA256),
            "HS256" => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Rsa.ExportSubjectPublicKeyInfoPem()), bytes),
            _ => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        };
        return $"{signed}.{(algorithm == "none" ? "" : Base64Url.EncodeToString(signature))}";
    }

    public Task<IReadOnlyList<SigningKey>> FindAsync(string? keyId, CancellationToken cancellationToken)
    {
        using var set = JsonDocument.Parse(Jwks().ToJsonString());
        IReadOnlyList<SigningKey> keys = [.. set.RootElement.GetProperty("keys").EnumerateArray().Select(SigningKey.Read).OfType<SigningKey>().Where(key => key.Id == keyId)];
        return Task.FromResult(keys);
    }

    public JsonObject Jwks()
    {
        var (rsa, curve) = (Rsa.ExportParameters(false), Curve.ExportParameters(false).Q);
        return new JsonObject
        {
            ["keys"] = new JsonArray(
                new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = "rsa", ["n"] = Base64Url.EncodeToString(rsa.Modulus), ["e"] = Base64Url.EncodeToString(rsa.Exponent) },
                new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["kid"] = "curve", ["alg"] = "ES256", ["x"] = Base64Url.EncodeToString(curve.X), ["y"] = Base64Url.EncodeToString(curve.Y) }),
        };
    }

    public void Dispose()
    {
        Rsa.Dispose();
        Curve.Dispose();
    }

    private static string Encode(JsonNode node) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(node.ToJsonString()));
}
