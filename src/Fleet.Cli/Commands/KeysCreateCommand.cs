using System.CommandLine;
using System.Text.Json.Nodes;
using Fleet.Core.Access;
using Fleet.Core.Inventory;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet keys create NAME --role ROLE</c>: the key is printed this once, alone on standard output.</summary>
internal static class KeysCreateCommand
{
    public static Command Create(Scope scope)
    {
        var name = new Argument<string>("NAME") { Description = "What the key is for" };
        var roles = new Option<string[]>("--role") { Description = "viewer, operator, approver or admin; for one cluster ROLE:CLUSTER; may be given several times", HelpName = "ROLE", Required = true };
        var person = new Option<string?>("--person") { Description = "Whose key it is; of who also signs in by token the name that fleet whoami shows; default: on a server who asks, on a store nobody known", HelpName = "PERSON" };
        var life = new Option<string?>("--expires-in") { Description = "How long it is good; default 2160h (90 days), at most 8784h", HelpName = "DURATION" };
        var command = new ExampleCommand(
            "create",
            "Make an API key. It is printed this once; the store keeps its hash.",
            "fleet keys create pipeline --role operator:prod",
            "fleet keys create laptop --role admin --person ada --expires-in 24h")
        {
            name,
            roles,
            person,
            life,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var order = Order(parsed.GetValue(name)!, parsed.GetValue(roles)!, parsed.GetValue(person), parsed.GetValue(life));
            using var backend = scope.Open(parsed);
            var (key, text) = await backend.MakeKeyAsync(order, cancellationToken).ConfigureAwait(false);
            await scope.Context.Error.WriteLineAsync($"Key {key.Id} ({string.Join(", ", key.Grants)}) is good until {RunDocument.Instant(key.Expires)}; it is shown this once:").ConfigureAwait(false);
            if (key.Person is null)
            {
                await scope.Context.Error.WriteLineAsync("Nobody knows whose it is: where a cluster asks for two people, it can approve nothing, and nobody can approve what it starts, until 'fleet keys assign' says so.").ConfigureAwait(false);
            }

            await scope.Context.Output.WriteLineAsync(text).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The order as the API reads it, so that both refuse the same.</summary>
    private static KeyOrder Order(string name, string[] roles, string? person, string? life)
    {
        var errors = new List<InputError>();
        var body = new JsonObject { ["name"] = name, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) };
        if (person is not null)
        {
            body["person"] = person;
        }

        if (life is not null)
        {
            body["expiresIn"] = life;
        }

        return KeyOrder.Read(JsonDocuments.Read(body.ToJsonString(), "arguments").Documents[0], errors)
            ?? throw new RefusedException([.. errors.Select(error => InputError.Argument(error.Code, error.Field, error.Value, error.Allowed, error.Message))]);
    }
}
