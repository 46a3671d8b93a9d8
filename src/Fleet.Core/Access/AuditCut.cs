using System.Text.Json;

namespace Fleet.Core.Access;

/// <summary>
/// The removal of the audit log's oldest entries, as an entry of the log itself tells it: so the chain still covers from where on it is whole, and who removes more than retention did must write anew what was told.
/// </summary>
/// <param name="Through">Place of the last entry that was removed.</param>
/// <param name="Hash">Its hash, to which the first that is left is chained.</param>
public sealed record AuditCut(long Through, string Hash)
{
    private const string Action = "retention";

    /// <summary>The entry that tells of a removal, not stored yet.</summary>
    /// <param name="through">Place of the last entry that goes.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="count">How many go.</param>
    /// <param name="now">The wall clock.</param>
    public static AuditEntry Entry(long through, string hash, long count, DateTimeOffset now) => new()
    {
        At = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds()),
        Caller = "fleet",
        Source = "local",
        Action = Action,
        Outcome = $"removed {count} entries",
        After = JsonSerializer.Serialize(new AuditCut(through, hash), JsonSerializerOptions.Web),
    };

    /// <summary>What an entry tells of a removal; null for any other entry.</summary>
    public static AuditCut? Of(AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Action != Action || entry.After is null)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<AuditCut>(entry.After, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
