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
            Journal.Add(entry with { Sequence = Journal.Count + 1 });
        }
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
