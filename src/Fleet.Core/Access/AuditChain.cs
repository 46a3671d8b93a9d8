using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Fleet.Core.Access;

/// <summary>
/// Chains the entries of the audit log: each hash covers the entry and the hash before it, so that whoever changes, drops or inserts one must rewrite all that follow, and the head's hash, which is told elsewhere
/// every hour, shows it.
/// </summary>
public static class AuditChain
{
    /// <summary>The hash before the first entry.</summary>
    public static string Root { get; } = new('0', 64);

    /// <summary>The entry with its place and its hash.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="sequence">Its place.</param>
    /// <param name="before">Hash of the entry before it.</param>
    public static AuditEntry Append(AuditEntry entry, long sequence, string before)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var placed = entry with { Sequence = sequence };
        return placed with { Hash = HashOf(placed, before) };
    }

    /// <summary>Looks for the first place at which the chain is broken.</summary>
    /// <param name="entries">The entries in their order.</param>
    /// <param name="before">Hash of the entry before the first of them: <see cref="Root"/>, or what retention kept of those it removed.</param>
    /// <param name="first">Place of the first of them; null where it is not known.</param>
    /// <returns>What is wrong there; null when nothing is.</returns>
    public static string? Verify(IEnumerable<AuditEntry> entries, string before, long? first = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var last = first - 1;
        foreach (var entry in entries)
        {
            if (last is { } known && entry.Sequence != known + 1)
            {
                return $"after entry {known} comes entry {entry.Sequence}: what was between them is gone";
            }

            if (entry.Hash != HashOf(entry, before))
            {
                return $"entry {entry.Sequence} or the one before it is not what was written: the hash does not fit";
            }

            (last, before) = (entry.Sequence, entry.Hash);
        }

        return null;
    }

    // Each field goes with its length, so that no two entries have the same bytes.
    private static string HashOf(AuditEntry entry, string before)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string?[] fields = [before, $"{entry.Sequence}", $"{entry.At.ToUnixTimeMilliseconds()}", entry.Caller, entry.Source, entry.Action, entry.Outcome, entry.Before, entry.After];
        Span<byte> length = stackalloc byte[4];
        foreach (var field in fields)
        {
            var bytes = field is null ? [] : Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, field is null ? -1 : bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
