using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet keys list</c>.</summary>
internal static class KeysListCommand
{
    public static Command Create(Scope scope)
    {
        var command = new ExampleCommand("list", "List API keys, the oldest first; their secrets are not kept.", "fleet keys list", "fleet keys list -o json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var keys = await backend.KeysAsync(cancellationToken).ConfigureAwait(false);
            var format = scope.Format(parsed);
            if (format is OutputFormat.Json or OutputFormat.Yaml)
            {
                StructuredOutput.WriteAll(scope.Context.Output, format, [.. keys.Select(AccessDocument.Of)]);
                return ExitCode.Done;
            }

            var table = new TextTable("ID", "NAME", "PERSON", "ROLES", "EXPIRES", "REVOKED");
            foreach (var key in keys)
            {
                table.Add([key.Id, key.Name, key.Person, string.Join(", ", key.Grants), RunDocument.Instant(key.Expires), key.Revoked is { } at ? RunDocument.Instant(at) : null]);
            }

            table.WriteTo(scope.Context.Output);
            return ExitCode.Done;
        });
        return command;
    }
}
