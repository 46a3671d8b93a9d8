namespace Fleet.Core.Access;

/// <summary>Verifies the audit log page by page: every entry is chained to the one before it, and the first that is left to an entry whose removal the log itself tells of.</summary>
public sealed class AuditVerifier
{
    private AuditEntry? _first;
    private AuditEntry? _last;
    private AuditCut? _cut;

    /// <summary>Place of the last entry seen; 0 before the first.</summary>
    public long Last => _last?.Sequence ?? 0;

    /// <summary>Hash of the last entry seen.</summary>
    public string Head => _last?.Hash ?? AuditChain.Root;

    /// <summary>How many entries were seen.</summary>
    public long Count { get; private set; }

    /// <summary>What retention removed before the first entry; null where the log is whole.</summary>
    public AuditCut? Cut => _first?.Sequence > 1 ? _cut : null;

    /// <summary>Looks at the next entries.</summary>
    /// <param name="entries">The entries in their order.</param>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Add(IReadOnlyList<AuditEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var rest = entries;
        if (_first is null && entries.Count > 0)
        {
            // To what it is chained is known at the end only, where it is not the first of all.
            (_first, _last, rest) = (entries[0], entries[0], [.. entries.Skip(1)]);
            if (_first.Sequence == 1 && AuditChain.Verify([_first], AuditChain.Root) is { } wrong)
            {
                return wrong;
            }
        }

        if (AuditChain.Verify(rest, Head, Last + 1) is { } broken)
        {
            return broken;
        }

        Count += entries.Count;
        _last = rest.Count > 0 ? rest[^1] : _last;
        _cut = entries.Select(AuditCut.Of).LastOrDefault(cut => cut is not null && cut.Through == _first!.Sequence - 1) ?? _cut;
        return null;
    }

    /// <summary>Looks at what can be judged when all entries were seen.</summary>
    /// <returns>What is wrong; null when nothing is.</returns>
    public string? Close() =>
        _first is null or { Sequence: 1 } ? null
        : _cut is null ? $"it begins with entry {_first.Sequence}, and no entry tells of the removal of those before it"
        : AuditChain.Verify([_first], _cut.Hash);
}
