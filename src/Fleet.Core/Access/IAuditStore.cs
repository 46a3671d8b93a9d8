namespace Fleet.Core.Access;

/// <summary>The audit log. Entries are added and never changed; the oldest may be removed when their time is over.</summary>
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

    /// <summary>Removes the oldest entries, after an entry was added that says so and has the hash to which the rest is chained (<see cref="AuditCut"/>). The last entry of all is never removed.</summary>
    /// <param name="before">Only entries of before this moment, and none behind one that is younger.</param>
    /// <param name="now">The wall clock.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entry that was added; null where there was nothing to remove.</returns>
    Task<AuditEntry?> CutAsync(DateTimeOffset before, DateTimeOffset now, int limit, CancellationToken cancellationToken);

    /// <summary>The last entry; null where there is none.</summary>
    Task<AuditEntry?> HeadAsync(CancellationToken cancellationToken);
}
