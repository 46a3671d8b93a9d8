using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Cli.Rotations;
using Fleet.Cli.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs events ID</c>: the journal.</summary>
internal static class RunsEventsCommand
{
    public static Command Create(Scope scope)
    {
        var id = RunLookup.Argument(scope);
        var after = new Option<long>("--after") { Description = "Only events after this number", HelpName = "NUMBER" };
        var command = new ExampleCommand("events", "Show a run's journal, oldest first.", "fleet runs events RUN", "fleet runs events RUN --after 1 -o json") { id, after };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (run, _, _) = await RunLookup.FindAsync(backend, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var journal = await backend.JournalAsync(run.Id, parsed.GetValue(after), cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.WriteAll(scope.Context.Output, format, [.. journal.Select(RunDocument.Of)]);
                return ExitCode.Done;
            }

            var table = new TextTable([.. (string[])["NUMBER", "AT", "KIND", "SUBJECT", "MESSAGE"], .. format == OutputFormat.Wide ? (string[])["ACTION"] : []]);
            foreach (var entry in journal)
            {
                table.Add([$"{entry.Sequence}", RunDocument.Instant(entry.At), entry.Kind, entry.Subject, JournalText.Of(entry), .. format == OutputFormat.Wide ? (string?[])[entry.ActionId] : []]);
            }

            table.WriteTo(scope.Context.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
