using Fleet.Core.Runs;

namespace Fleet.Storage;

/// <summary>A row of the table <c>journal</c>, as Dapper fills it.</summary>
internal sealed class JournalRow
{
    public long Sequence { get; init; }

    public required string At { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required string Message { get; init; }

    public string? ActionId { get; init; }

    public JournalEntry ToEntry() => new(Columns.Instant(At), Kind, Subject, Message, ActionId, Sequence);
}
