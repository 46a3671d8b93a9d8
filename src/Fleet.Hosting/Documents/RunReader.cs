using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Fleet.Core.Runs;

namespace Fleet.Hosting.Documents;

/// <summary>Reads what <see cref="RunDocument"/> wrote: a client of the API has the same records as a command on the store.</summary>
public static class RunReader
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    /// <summary>A run; spec and state are empty where the document is a brief one.</summary>
    /// <exception cref="FormatException">The document is no run.</exception>
    public static Run Run(JsonNode document) => Reading("run", () =>
    {
        ArgumentNullException.ThrowIfNull(document);
        return new Run
        {
            Id = Text(document, "id"),
            Kind = Text(document, "kind"),
            Cluster = Text(document, "cluster"),
            Pool = (string?)document["pool"],
            Key = (string?)document["key"],
            StartedBy = (string?)document["startedBy"],
            Person = (string?)document["person"],
            Parent = (string?)document["parent"],
            Phase = Choice<RunPhase>(document, "phase"),
            Request = document["request"] is null ? RunRequest.None : Choice<RunRequest>(document, "request"),
            Reasons = document["reasons"] is JsonArray reasons ? [.. reasons.Deserialize<Reason[]>(Web)!] : [],
            Version = (long?)document["version"] ?? 0,
            Created = Instant(document, "created"),
            Updated = Instant(document, "updated"),
            Spec = document["spec"]?.ToJsonString() ?? "{}",
            State = document["state"]?.ToJsonString() ?? "{}",
        };
    });

    /// <summary>Who drives it; null for nobody.</summary>
    /// <exception cref="FormatException">The document is no run.</exception>
    public static RunLease? Lease(JsonNode document) => Reading("run", () =>
    {
        ArgumentNullException.ThrowIfNull(document);
        return document["driver"] is not { } driver ? null : new RunLease(Text(document, "id"), Text(driver, "owner"), Instant(driver, "leaseExpires"), (long)driver["fencing"]!);
    });

    /// <summary>Its undo ledger.</summary>
    /// <exception cref="FormatException">The document is no run.</exception>
    public static IReadOnlyList<LedgerEntry> Ledger(JsonNode document) => Reading<IReadOnlyList<LedgerEntry>>("run", () =>
    {
        ArgumentNullException.ThrowIfNull(document);
        var updated = Instant(document, "updated");
        return [.. (document["undo"] as JsonArray ?? []).Select(entry => new LedgerEntry
        {
            Kind = Text(entry!, "kind"),
            Subject = Text(entry!, "subject"),
            Before = (string?)entry!["before"],
            Mine = (string?)entry["mine"],
            Status = Choice<LedgerStatus>(entry, "status"),
            Note = (string?)entry["note"],
            At = updated,
        })];
    });

    /// <summary>A line of a journal.</summary>
    /// <exception cref="FormatException">The document is no such line.</exception>
    public static JournalEntry Entry(JsonNode document) => Reading("journal line", () =>
    {
        ArgumentNullException.ThrowIfNull(document);
        return new JournalEntry(Instant(document, "at"), Text(document, "kind"), Text(document, "subject"), Text(document, "message"), (string?)document["actionId"], (long)document["sequence"]!);
    });

    /// <summary>The phase that a document tells.</summary>
    /// <exception cref="FormatException">The document tells none.</exception>
    public static RunPhase Phase(JsonNode document) => Reading("phase", () => Choice<RunPhase>(document, "phase"));

    private static string Text(JsonNode document, string name) => (string?)document[name] ?? throw new FormatException($"{name} is missing");

    private static DateTimeOffset Instant(JsonNode document, string name) => DateTimeOffset.Parse(Text(document, name), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static T Choice<T>(JsonNode document, string name)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(document, name), ignoreCase: true, out var value) ? value : throw new FormatException($"{name} is '{Text(document, name)}'");

    private static T Reading<T>(string what, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new FormatException($"this is no {what}: {wrong.Message}", wrong);
        }
    }
}
