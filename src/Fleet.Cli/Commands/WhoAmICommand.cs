using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Cli.Backends;
using Fleet.Cli.Contexts;
using Fleet.Cli.Output;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet whoami</c>.</summary>
internal static class WhoAmICommand
{
    public static Command Create(Scope scope)
    {
        var command = new ExampleCommand("whoami", "Say where commands work, and who the server takes you for.", "fleet whoami", "fleet whoami -o json");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, format) = (scope.Context.Output, scope.Format(parsed));
            if (scope.Server(parsed) is not { } server)
            {
                using var store = scope.OpenStore(parsed);
                Write(output, format, null, store.Place, null);
                return ExitCode.Done;
            }

            using var client = new ServerClient(server, scope.Context.Wall);
            Write(output, format, server.Name, null, await Identity.AskAsync(client, cancellationToken).ConfigureAwait(false));
            return ExitCode.Done;
        });
        return command;
    }

    private static void Write(TextWriter output, OutputFormat format, string? server, string? place, Identity? identity)
    {
        if (format is OutputFormat.Json or OutputFormat.Yaml)
        {
            var roles = identity?.Grants.SelectMany(grant => grant.Names).Select(name => (JsonNode)name) ?? [];
            StructuredOutput.Write(output, format, new JsonObject { ["server"] = server, ["store"] = place, ["name"] = identity?.Name, ["roles"] = new JsonArray([.. roles]) });
        }
        else
        {
            output.WriteLine(identity is null ? $"On this machine: {place}" : $"On {server}: {identity}");
        }
    }
}
