using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Fleet.Core.Joining;

/// <summary>What stands in the SecureString: all that a machine needs to join, as <c>templates/worker/user-data.sh</c> reads it.</summary>
public sealed record JoinDocument
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>The token.</summary>
    public required BootstrapToken Token { get; init; }

    /// <summary>Hashes of the cluster's CAs; a node joins where one of them fits.</summary>
    public required ImmutableArray<string> Hashes { get; init; }

    /// <summary>Host and port of the API server.</summary>
    public required string Endpoint { get; init; }

    /// <summary>Reads a parameter's value.</summary>
    /// <returns>Null where it is nothing that Fleet wrote.</returns>
    public static JoinDocument? Read(string? value)
    {
        try
        {
            var read = JsonNode.Parse(value ?? "null") as JsonObject;
            return read is not null && ((string?)read["token"])?.Split('.') is [var id, var secret]
                ? new JoinDocument
                {
                    Token = new BootstrapToken { Id = id, Secret = secret, Expires = DateTimeOffset.ParseExact((string?)read["expires"] ?? "", Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) },
                    Hashes = [.. (read["caCertHashes"] as JsonArray ?? []).Select(hash => (string?)hash ?? "")],
                    Endpoint = (string?)read["endpoint"] ?? "",
                }
                : null;
        }
        catch (Exception other) when (other is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The parameter's value: a secret.</summary>
    public string Write() => new JsonObject
    {
        ["token"] = Token.Value,
        ["caCertHashes"] = new JsonArray([.. Hashes.Select(hash => JsonValue.Create(hash))]),
        ["endpoint"] = Endpoint,
        ["expires"] = Time(Token.Expires),
    }.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Whether it says the same.</summary>
    public bool Equals(JoinDocument? other) => other is not null && Token == other.Token && Endpoint == other.Endpoint && Hashes.SequenceEqual(other.Hashes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Token, Endpoint);

    /// <summary>The token's public half and when it ends.</summary>
    public override string ToString() => $"{Token.Id}, expires {Time(Token.Expires)}";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);
}
