using System.Text.Json.Nodes;
using Fleet.Core.Access;

namespace Fleet.Hosting.Documents;

/// <summary>API keys and audit entries as the API and the command show them.</summary>
public static class AccessDocument
{
    /// <summary>A key, without its secret.</summary>
    public static JsonObject Of(ApiKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return new()
        {
            ["id"] = key.Id,
            ["name"] = key.Name,
            ["person"] = key.Person,
            ["roles"] = new JsonArray([.. key.Grants.SelectMany(grant => grant.Names).Select(name => (JsonNode)name)]),
            ["created"] = RunDocument.Instant(key.Created),
            ["expires"] = RunDocument.Instant(key.Expires),
            ["revoked"] = key.Revoked is { } at ? RunDocument.Instant(at) : null,
        };
    }

    /// <summary>An entry of the audit log.</summary>
    public static JsonObject Of(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new()
        {
            ["sequence"] = entry.Sequence,
            // To the millisecond, as the hash covers it: who reads the log over the API can verify it.
            ["at"] = entry.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'"),
            ["caller"] = entry.Caller,
            ["source"] = entry.Source,
            ["action"] = entry.Action,
            ["outcome"] = entry.Outcome,
            ["before"] = entry.Before,
            ["after"] = entry.After,
            ["hash"] = entry.Hash,
        };
    }
}
