using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Fleet.Core.Access;

namespace Fleet.Hosting.Documents;

/// <summary>Reads what <see cref="AccessDocument"/> wrote.</summary>
public static class AccessReader
{
    /// <summary>A key; its hash is not in the document.</summary>
    /// <exception cref="FormatException">The document is no key.</exception>
    public static ApiKey Key(JsonNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new ApiKey
        {
            Id = Text(document, "id"),
            Name = Text(document, "name"),
            Person = (string?)document["person"],
            Hash = "",
            Grants = Grants(document["roles"]),
            Created = Instant(Text(document, "created")),
            Expires = Instant(Text(document, "expires")),
            Revoked = (string?)document["revoked"] is { } at ? Instant(at) : null,
        };
    }

    /// <summary>What a caller may do.</summary>
    /// <exception cref="FormatException">One of them is no grant.</exception>
    public static ImmutableArray<Grant> Grants(JsonNode? roles) =>
        [.. (roles as JsonArray ?? []).Select(role => Grant.Parse((string?)role ?? "") ?? throw new FormatException($"'{role}' is no role"))];

    /// <summary>An entry of the audit log.</summary>
    /// <exception cref="FormatException">The document is no entry.</exception>
    public static AuditEntry Entry(JsonNode document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new AuditEntry
        {
            Sequence = (long?)document["sequence"] ?? throw new FormatException("sequence is missing"),
            At = Instant(Text(document, "at")),
            Caller = Text(document, "caller"),
            Source = Text(document, "source"),
            Action = Text(document, "action"),
            Outcome = Text(document, "outcome"),
            Before = (string?)document["before"],
            After = (string?)document["after"],
            Hash = Text(document, "hash"),
        };
    }

    private static string Text(JsonNode document, string name) => (string?)document[name] ?? throw new FormatException($"{name} is missing");

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
