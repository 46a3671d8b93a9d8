using System.Collections.Immutable;
using Fleet.Core.Runs;

namespace Fleet.Core.Promotions;

/// <summary>What a promotion writes into its undo ledger before it starts a copy.</summary>
internal static class PromotionLedger
{
    /// <summary>A copy with its snapshots: removed unless the version's record has it.</summary>
    public const string Copy = "image-copy";

    /// <summary>Copies that are about to be started, each once.</summary>
    public static ImmutableArray<LedgerEntry> Open(ImmutableArray<LedgerEntry> ledger, string name, IEnumerable<string> regions, DateTimeOffset now) =>
        [.. regions.Where(region => !ledger.Any(entry => entry.Kind == Copy && entry.Subject == region && entry.Status == LedgerStatus.Open)).Select(region => new LedgerEntry { Kind = Copy, Subject = region, Mine = name, At = now })];

    /// <summary>The entries that are open, settled.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="kept">The version whose record has the copies; null where they are gone.</param>
    /// <param name="now">Policy time.</param>
    public static ImmutableArray<LedgerEntry> Settle(ImmutableArray<LedgerEntry> ledger, string? kept, DateTimeOffset now) =>
        [.. ledger.Where(entry => entry.Status == LedgerStatus.Open).Select(entry => kept is null
            ? entry with { Status = LedgerStatus.Done, At = now }
            : entry with { Status = LedgerStatus.Void, Note = $"{kept} has it", At = now })];
}
