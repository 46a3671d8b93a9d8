using Fleet.Core.Runs;

namespace Fleet.Contracts.Storage;

/// <summary>Runs, commits and ledger entries with everything set that a test does not speak of.</summary>
internal static class Runs
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(15);

    public static Run Pending(string id, string cluster = "prod", string? pool = "workers") => new()
    {
        Id = id,
        Kind = "rotation",
        Cluster = cluster,
        Pool = pool,
        Spec = """{"image":"ami-1"}""",
        State = "{}",
        Created = Noon,
        Updated = Noon,
    };

    public static RunCommit Commit(Run run, long fencing) => new() { Run = run, Fencing = fencing };

    public static JournalEntry Line(string message) => new(Noon, "action", "i-1", message, "a-1");

    public static LedgerEntry Entry(string kind, string subject) => new() { Kind = kind, Subject = subject, At = Noon };
}
