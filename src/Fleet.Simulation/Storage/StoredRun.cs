using Fleet.Core.Runs;

namespace Fleet.Simulation.Storage;

/// <summary>A run with its lease, journal and ledger.</summary>
internal sealed class StoredRun(Run run)
{
    private Dictionary<(string Kind, string Subject), int> _positions = [];

    public Run Run { get; set; } = run;

    public RunLease? Lease { get; set; }

    /// <summary>Survives the lease, so that the number never falls.</summary>
    public long Fencing { get; set; }

    public List<JournalEntry> Journal { get; private init; } = [];

    public List<LedgerEntry> Ledger { get; private init; } = [];

    public void Add(IEnumerable<JournalEntry> entries)
    {
        foreach (var entry in entries)
        {
            Journal.Add(entry with { Sequence = (Journal.Count == 0 ? 0 : Journal[^1].Sequence) + 1 });
        }
    }

    /// <summary>The lines after a number; numbers have no gaps, so that they are found without a search.</summary>
    public IReadOnlyList<JournalEntry> After(long sequence, int limit) =>
        Journal.Count == 0 ? [] : [.. Journal.Skip((int)Math.Max(0, sequence - Journal[0].Sequence + 1)).Take(limit)];

    public void Forget(DateTimeOffset now)
    {
        var line = StoreRules.Forgotten(now, Journal.Count(entry => entry.Kind != "retention")) with { Sequence = Journal[^1].Sequence + 1 };
        Journal.Clear();
        Journal.Add(line);
    }

    public void Put(LedgerEntry entry)
    {
        if (_positions.TryAdd((entry.Kind, entry.Subject), Ledger.Count))
        {
            Ledger.Add(entry);
        }
        else
        {
            Ledger[_positions[(entry.Kind, entry.Subject)]] = entry;
        }
    }

    public StoredRun Clone() => new(Run)
    {
        Lease = Lease,
        Fencing = Fencing,
        Journal = [.. Journal],
        Ledger = [.. Ledger],
        _positions = new(_positions),
    };
}
