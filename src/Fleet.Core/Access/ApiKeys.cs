using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Fleet.Core.Access;

/// <summary>Makes and reads the text of API keys: <c>fleet_ID_SECRET</c>, so that secret scanners find one that was left somewhere.</summary>
public static class ApiKeys
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "fleet_";

    private const int IdDigits = 12;

    /// <summary>Makes a key.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="grants">What it may do.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="life">How long it is good.</param>
    /// <param name="random">48 random bytes, from a source fit for secrets.</param>
    /// <returns>What is stored, and the text that is shown once.</returns>
    public static (ApiKey Key, string Text) Make(string name, ImmutableArray<Grant> grants, DateTimeOffset now, TimeSpan life, ReadOnlySpan<byte> random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(random.Length, 48);
        var id = Convert.ToHexStringLower(random[..(IdDigits / 2)]);
        var secret = Base64Url.EncodeToString(random[^32..]);
        return (new ApiKey { Id = id, Name = name, Hash = HashOf(secret), Grants = grants, Created = now, Expires = now + life }, $"{Prefix}{id}_{secret}");
    }

    /// <summary>The id in a key's text; null where the text is no key.</summary>
    public static string? IdOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.StartsWith(Prefix, StringComparison.Ordinal) && text.Length > Prefix.Length + IdDigits && text[Prefix.Length + IdDigits] == '_' ? text.Substring(Prefix.Length, IdDigits) : null;
    }

    /// <summary>Whether the text is the stored key's, and good now.</summary>
    /// <param name="stored">The key as stored.</param>
    /// <param name="text">What the caller sent.</param>
    /// <param name="now">The wall clock.</param>
    public static bool IsGood(ApiKey stored, string text, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(text);
        var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored.Hash), Encoding.ASCII.GetBytes(HashOf(text[(Prefix.Length + IdDigits + 1)..])));
        return same && stored.Revoked is null && now < stored.Expires;
    }

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
