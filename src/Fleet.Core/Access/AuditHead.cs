using System.Globalization;
using System.Text.Json;

namespace Fleet.Core.Access;

/// <summary>The end of the audit log at a moment, as it is told outside of the database.</summary>
/// <param name="Sequence">Place of the last entry.</param>
/// <param name="Hash">Its hash, which covers all before it.</param>
public sealed record AuditHead(long Sequence, string Hash)
{
    private const string Kind = "audit-head";

    /// <summary>How <c>fleet audit verify --told</c> takes it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}:{Hash}");

    /// <summary>The name under which it is archived: sorted by time, and another each second, so that nothing is overwritten.</summary>
    /// <param name="now">The wall clock.</param>
    public string Name(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyy/MM/dd/HH-mm-ss}-{Sequence}.json");

    /// <summary>What is told of an entry.</summary>
    public static string Document(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return JsonSerializer.Serialize(new { kind = Kind, sequence = entry.Sequence, hash = entry.Hash, at = $"{entry.At.UtcDateTime:O}" });
    }

    /// <summary>Reads what was told; null for anything else.</summary>
    public static AuditHead? Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            var told = document.RootElement;
            return told.ValueKind == JsonValueKind.Object
                && told.TryGetProperty("kind", out var kind) && kind.ValueKind == JsonValueKind.String && kind.GetString() == Kind
                && told.TryGetProperty("sequence", out var sequence) && sequence.ValueKind == JsonValueKind.Number && sequence.TryGetInt64(out var place)
                && told.TryGetProperty("hash", out var hash) && hash.ValueKind == JsonValueKind.String
                ? new AuditHead(place, hash.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
