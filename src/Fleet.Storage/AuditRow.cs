using Fleet.Core.Access;

namespace Fleet.Storage;

/// <summary>A row of <c>audit</c>.</summary>
internal sealed record AuditRow
{
    public const string Columns = "sequence AS Sequence, at AS At, caller AS Caller, source AS Source, action AS Action, outcome AS Outcome, value_before AS Before, value_after AS After, hash AS Hash";

    public long Sequence { get; init; }

    public required string At { get; init; }

    public required string Caller { get; init; }

    public required string Source { get; init; }

    public required string Action { get; init; }

    public required string Outcome { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public required string Hash { get; init; }

    public static AuditRow Of(AuditEntry entry) => new()
    {
        Sequence = entry.Sequence,
        At = Storage.Columns.Instant(entry.At),
        Caller = entry.Caller,
        Source = entry.Source,
        Action = entry.Action,
        Outcome = entry.Outcome,
        Before = entry.Before,
        After = entry.After,
        Hash = entry.Hash,
    };

    public AuditEntry ToEntry() => new()
    {
        Sequence = Sequence,
        At = Storage.Columns.Instant(At),
        Caller = Caller,
        Source = Source,
        Action = Action,
        Outcome = Outcome,
        Before = Before,
        After = After,
        Hash = Hash,
    };
}
