using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace Fleet.Core.Joining;

/// <summary>A bootstrap token of a cluster (Kubernetes, "Authenticating with Bootstrap Tokens").</summary>
public sealed record BootstrapToken
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private const int SecretLength = 16;

    /// <summary>The ids that Fleet uses, one after another: rights on Secrets can be given by their names alone, so that Fleet needs none on others.</summary>
    public static readonly IReadOnlyList<string> Ids = [.. Enumerable.Range(0, 8).Select(number => $"fleet{number}")];

    /// <summary>The public half, six characters; it may be shown.</summary>
    public required string Id { get; init; }

    /// <summary>The secret half, sixteen characters; never shown. Required and ignored at once, so that nothing serialises a token by accident.</summary>
    [JsonIgnore]
    public required string Secret { get; init; }

    /// <summary>When the cluster takes it no more.</summary>
    public required DateTimeOffset Expires { get; init; }

    /// <summary>Both halves, as kubeadm wants them: a secret.</summary>
    public string Value => $"{Id}.{Secret}";

    /// <summary>Draws a token.</summary>
    /// <param name="id">Its public half.</param>
    /// <param name="expires">When it ends.</param>
    /// <param name="chance">Draws the secret half; cryptographically strong where it counts.</param>
    public static BootstrapToken Draw(string id, DateTimeOffset expires, RandomNumberGenerator chance)
    {
        ArgumentNullException.ThrowIfNull(chance);
        Span<byte> one = stackalloc byte[1];
        Span<char> secret = stackalloc char[SecretLength];
        for (var at = 0; at < SecretLength;)
        {
            chance.GetBytes(one);

            // Bytes beyond the last full round would make some letters likelier.
            if (one[0] < 256 / Letters.Length * Letters.Length)
            {
                secret[at++] = Letters[one[0] % Letters.Length];
            }
        }

        return new BootstrapToken { Id = id, Secret = new string(secret), Expires = expires };
    }

    /// <summary>The public half alone.</summary>
    public override string ToString() => Id;
}
