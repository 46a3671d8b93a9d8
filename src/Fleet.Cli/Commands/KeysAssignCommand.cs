using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet keys assign ID --person PERSON</c>: for keys that were made before keys had a person.</summary>
internal static class KeysAssignCommand
{
    public static Command Create(Scope scope)
    {
        var id = new Argument<string>("ID") { Description = "The key's id, as fleet keys list shows it" };
        var person = new Option<string>("--person") { Description = "Whose key it is; of who also signs in by token the name that fleet whoami shows", HelpName = "PERSON", Required = true };
        var command = new ExampleCommand("assign", "Say whose key it is, of a key of which nobody knew. Whose a key is never changes.", "fleet keys assign 0123456789ab --person ada") { id, person };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (name, whose) = (parsed.GetValue(id)!, Person(parsed.GetValue(person)!));
            using var backend = scope.Open(parsed);
            var key = await backend.AssignKeyAsync(name, whose, cancellationToken).ConfigureAwait(false)
                ?? throw RefusedException.Because("not-found", "ID", name, null, $"there is no key '{name}'; 'fleet keys list' shows all");
            if (key.Person != whose)
            {
                throw RefusedException.Because("assigned", "ID", name, null, $"key '{name}' is {key.Person}'s; whose a key is never changes: make another, and take this one back");
            }

            await scope.Context.Error.WriteLineAsync($"Key {key.Id} ({key.Name}) is {whose}'s, and so are the runs that it started.").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The person as the API reads it, so that both refuse the same.</summary>
    private static string Person(string text)
    {
        var errors = new List<InputError>();
        var body = JsonDocuments.Read(new JsonObject { ["person"] = text }.ToJsonString(), "arguments").Documents[0];
        return KeyOrder.ReadPerson(body, errors) ?? throw new RefusedException([.. errors.Select(error => InputError.Argument(error.Code, error.Field, error.Value, error.Allowed, error.Message))]);
    }
}
