using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <summary>A row of the table <c>ledger</c>, as Dapper fills it.</summary>
internal sealed class LedgerRow
{
    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public string? ValueBefore { get; init; }

    public string? Mine { get; init; }

    public required string Status { get; init; }

    public string? ActionId { get; init; }

    public string? Note { get; init; }

    public required string At { get; init; }

    public LedgerEntry ToEntry() => new()
    {
        Kind = Kind,
        Subject = Subject,
        Before = ValueBefore,
        Mine = Mine,
        Status = Columns.Value<LedgerStatus>(Status),
        ActionId = ActionId,
        Note = Note,
        At = Columns.Instant(At),
    };
}
