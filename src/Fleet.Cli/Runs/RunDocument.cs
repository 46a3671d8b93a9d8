using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Runs;

namespace Fleet.Cli.Runs;

/// <summary>Runs as JSON, for every structured output.</summary>
internal static class RunDocument
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static JsonObject Brief(Run run) => new()
    {
        ["id"] = run.Id,
        ["kind"] = run.Kind,
        ["cluster"] = run.Cluster,
        ["pool"] = run.Pool,
        ["phase"] = Name(run.Phase),
        ["request"] = run.Request == RunRequest.None ? null : Name(run.Request),
        ["created"] = Instant(run.Created),
        ["updated"] = Instant(run.Updated),
        ["reasons"] = JsonSerializer.SerializeToNode(run.Reasons, Web),
    };

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

    public static JsonObject Of(JournalEntry entry) => new()
    {
        ["sequence"] = entry.Sequence,
        ["at"] = Instant(entry.At),
        ["kind"] = entry.Kind,
        ["subject"] = entry.Subject,
        ["message"] = entry.Message,
        ["actionId"] = entry.ActionId,
    };

    public static string Instant(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'");

    public static string Name<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
