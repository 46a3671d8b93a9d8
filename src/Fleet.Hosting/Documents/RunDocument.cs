using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Runs;

namespace Fleet.Hosting.Documents;

/// <summary>Runs as JSON, for every structured output.</summary>
public static class RunDocument
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>In short: what lists show.</summary>
    public static JsonObject Brief(Run run) => new()
    {
        ["id"] = run.Id,
        ["kind"] = run.Kind,
        ["cluster"] = run.Cluster,
        ["pool"] = run.Pool,
        ["key"] = run.Key,
        ["startedBy"] = run.StartedBy,
        ["person"] = run.Person,
        ["phase"] = Name(run.Phase),
        ["request"] = run.Request == RunRequest.None || run.Phase.IsFinal() ? null : Name(run.Request),
        ["created"] = Instant(run.Created),
        ["updated"] = Instant(run.Updated),
        ["reasons"] = JsonSerializer.SerializeToNode(run.Reasons, Web),
    };

    /// <summary>In full, with its undo ledger.</summary>
    public static JsonObject Full(Run run, RunLease? lease, IEnumerable<LedgerEntry> ledger)
    {
        var document = Brief(run);
        document["parent"] = run.Parent;
        document["version"] = run.Version;
        document["driver"] = lease is null ? null : new JsonObject { ["owner"] = lease.Owner, ["leaseExpires"] = Instant(lease.Expires), ["fencing"] = lease.Fencing };
        document["undo"] = new JsonArray([.. ledger.Select(entry => new JsonObject
        {
            ["kind"] = entry.Kind,
            ["subject"] = entry.Subject,
            ["before"] = entry.Before,
            ["mine"] = entry.Mine,
            ["status"] = Name(entry.Status),
            ["note"] = entry.Note,
        })]);
        document["spec"] = JsonNode.Parse(run.Spec);
        document["state"] = JsonNode.Parse(run.State);
        return document;
    }

    /// <summary>A line of its journal.</summary>
    public static JsonObject Of(JournalEntry entry) => new()
    {
        ["sequence"] = entry.Sequence,
        ["at"] = Instant(entry.At),
        ["kind"] = entry.Kind,
        ["subject"] = entry.Subject,
        ["message"] = entry.Message,
        ["actionId"] = entry.ActionId,
    };

    /// <summary>An instant in RFC 3339, to the second.</summary>
    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    /// <summary>A phase, request or status as documents write it.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
