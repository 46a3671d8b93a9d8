using System.CommandLine;
using Fleet.Cli.Auditing;
using Fleet.Core.Access;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet audit verify</c>: whether every entry is what was written, and still leads to a head that was told elsewhere.</summary>
internal static class AuditVerifyCommand
{
    private const int Page = 500;

    public static Command Create(Scope scope)
    {
        var told = new Option<string?>("--told") { Description = "NUMBER:HASH of an entry, as the service's log told it; it must be in the chain", HelpName = "NUMBER:HASH" };
        var against = new Option<string?>("--against") { Description = "A file with heads that were told outside, a folder of such files (aws s3 sync s3://BUCKET/PREFIX heads), or - for standard input; each must be in the chain", HelpName = "PATH" };
        var command = new ExampleCommand(
            "verify",
            "Verify the audit log's chain of hashes, and that the heads told elsewhere are in it. Exit code 1 where it is broken.",
            "fleet audit verify") { told, against };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (verifier, broken) = (new AuditVerifier(), (string?)null);
            var wanted = ToldHeads.Read(parsed.GetValue(told), parsed.GetValue(against), scope.Context.Input);
            var missing = wanted.ToHashSet(StringComparer.Ordinal);
            while (broken is null && await backend.AuditAsync(verifier.Last, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } entries)
            {
                broken = verifier.Add(entries);
                missing.ExceptWith(entries.Select(entry => $"{entry.Sequence}:{entry.Hash}"));
            }

            broken ??= verifier.Close();
            broken ??= Missing(missing, wanted, verifier.Cut);
            if (broken is not null)
            {
                await scope.Context.Error.WriteLineAsync($"The audit log is broken: {broken}.").ConfigureAwait(false);
                return ExitCode.Failed;
            }

            var before = verifier.Cut is { } gone ? $", and begin behind entry {gone.Through}, up to which retention removed them" : "";
            var heads = wanted.Count == 0 ? "" : $"; held to {(wanted.Count == 1 ? "the head" : $"{wanted.Count} heads")} told before";
            await scope.Context.Output.WriteLineAsync(
                verifier.Count == 0 ? "The audit log is empty." : $"{verifier.Count} entries are as they were written{before}; the head is {verifier.Last}:{verifier.Head}{heads}").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>
    /// What is wrong where heads that were told are not in the chain. Of those up to which retention removed entries the last one is in it still; the others can be held to it no more, which is nothing wrong where a younger one is in it:
    /// that one covers the removal.
    /// </summary>
    private static string? Missing(HashSet<string> missing, HashSet<string> wanted, AuditCut? cut)
    {
        if (cut is not null)
        {
            missing.Remove($"{cut.Through}:{cut.Hash}");
            if (missing.Count < wanted.Count)
            {
                missing.RemoveWhere(head => long.TryParse(head.AsSpan(0, Math.Max(0, head.IndexOf(':'))), out var place) && place < cut.Through);
            }
        }

        return missing.OrderBy(head => head.Length).ThenBy(head => head, StringComparer.Ordinal).FirstOrDefault() is not { } first ? null
            : $"it has no entry {first}, which was told before; what it has was written anew{(cut is null ? "" : $", or the entry is among those up to {cut.Through} that retention removed")}";
    }
}
