using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet audit list</c>.</summary>
internal static class AuditListCommand
{
    public static Command Create(Scope scope)
    {
        var after = new Option<long>("--after") { Description = "Only entries after this number", HelpName = "NUMBER" };
        var limit = new Option<int>("--limit") { Description = "How many at most", HelpName = "COUNT", DefaultValueFactory = _ => 100 };
        var command = new ExampleCommand("list", "List changes and refused attempts, oldest first.", "fleet audit list", "fleet audit list --after 100 -o json") { after, limit };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var entries = await backend.AuditAsync(parsed.GetValue(after), parsed.GetValue(limit), cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.WriteAll(scope.Context.Output, format, [.. entries.Select(AccessDocument.Of)]);
                return ExitCode.Done;
            }

            var table = new TextTable("NUMBER", "AT", "CALLER", "FROM", "ACTION", "OUTCOME");
            foreach (var entry in entries)
            {
                table.Add([$"{entry.Sequence}", RunDocument.Instant(entry.At), entry.Caller, entry.Source, entry.Action, entry.Outcome]);
            }

            table.WriteTo(scope.Context.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
