namespace Fleet.Core.Access;

/// <summary>The audit log. Entries are added and never changed.</summary>
public interface IAuditStore
{
    /// <summary>Adds an entry behind the last one.</summary>
    /// <returns>The entry with its place and hash.</returns>
    Task<AuditEntry> AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Entries in their order.</summary>
    /// <param name="after">Only those after this place.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<IReadOnlyList<AuditEntry>> EntriesAsync(long after, int limit, CancellationToken cancellationToken);

    /// <summary>The last entry; null where there is none.</summary>
    Task<AuditEntry?> HeadAsync(CancellationToken cancellationToken);
}
