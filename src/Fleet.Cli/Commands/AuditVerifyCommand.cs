using System.CommandLine;
using Fleet.Core.Access;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet audit verify</c>: whether every entry is what was written, and still leads to a head that was told elsewhere.</summary>
internal static class AuditVerifyCommand
{
    private const int Page = 500;

    public static Command Create(Scope scope)
    {
        var told = new Option<string?>("--told") { Description = "NUMBER:HASH of an entry, as the service's log told it; it must be in the chain", HelpName = "NUMBER:HASH" };
        var command = new ExampleCommand("verify", "Verify the audit log's chain of hashes. Exit code 1 where it is broken.", "fleet audit verify") { told };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (last, before, wanted) = (0L, AuditChain.Root, parsed.GetValue(told));
            var found = wanted is null;
            while (await backend.AuditAsync(last, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } entries)
            {
                if (AuditChain.Verify(entries, before, last + 1) is { } broken)
                {
                    await scope.Context.Error.WriteLineAsync($"The audit log is broken: {broken}.").ConfigureAwait(false);
                    return ExitCode.Failed;
                }

                found |= entries.Any(entry => $"{entry.Sequence}:{entry.Hash}" == wanted);
                (last, before) = (entries[^1].Sequence, entries[^1].Hash);
            }

            if (!found)
            {
                await scope.Context.Error.WriteLineAsync($"The audit log is broken: it has no entry {wanted}, which was told before; what it has was written anew.").ConfigureAwait(false);
                return ExitCode.Failed;
            }

            await scope.Context.Output.WriteLineAsync(last == 0 ? "The audit log is empty." : $"{last} entries are as they were written; the head is {last}:{before}").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
