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
            var (verifier, wanted) = (new AuditVerifier(), parsed.GetValue(told));
            var (found, broken) = (wanted is null, (string?)null);
            while (broken is null && await backend.AuditAsync(verifier.Last, Page, cancellationToken).ConfigureAwait(false) is { Count: > 0 } entries)
            {
                broken = verifier.Add(entries);
                found |= entries.Any(entry => $"{entry.Sequence}:{entry.Hash}" == wanted);
            }

            broken ??= verifier.Close();
            found |= verifier.Cut is { } cut && $"{cut.Through}:{cut.Hash}" == wanted;
            broken ??= found ? null : $"it has no entry {wanted}, which was told before; what it has was written anew{(verifier.Cut is { } removed ? $", or the entry is among those up to {removed.Through} that retention removed" : "")}";
            if (broken is not null)
            {
                await scope.Context.Error.WriteLineAsync($"The audit log is broken: {broken}.").ConfigureAwait(false);
                return ExitCode.Failed;
            }

            var before = verifier.Cut is { } gone ? $", and begin behind entry {gone.Through}, up to which retention removed them" : "";
            await scope.Context.Output.WriteLineAsync(
                verifier.Count == 0 ? "The audit log is empty." : $"{verifier.Count} entries are as they were written{before}; the head is {verifier.Last}:{verifier.Head}").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
