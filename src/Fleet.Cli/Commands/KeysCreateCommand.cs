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
        var life = new Option<string?>("--expires-in") { Description = "How long it is good; default 2160h (90 days), at most 8784h", HelpName = "DURATION" };
        var command = new ExampleCommand(
            "create",
            "Make an API key. It is printed this once; the store keeps its hash.",
            "fleet keys create pipeline --role operator:prod",
            "fleet keys create ada --role admin --expires-in 24h")
        {
            name,
            roles,
            life,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var order = Order(parsed.GetValue(name)!, parsed.GetValue(roles)!, parsed.GetValue(life));
            using var backend = scope.Open(parsed);
            var (key, text) = await backend.MakeKeyAsync(order, cancellationToken).ConfigureAwait(false);
            await scope.Context.Error.WriteLineAsync($"Key {key.Id} ({string.Join(", ", key.Grants)}) is good until {RunDocument.Instant(key.Expires)}; it is shown this once:").ConfigureAwait(false);
            await scope.Context.Output.WriteLineAsync(text).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>The order as the API reads it, so that both refuse the same.</summary>
    private static KeyOrder Order(string name, string[] roles, string? life)
    {
        var errors = new List<InputError>();
        var body = new JsonObject { ["name"] = name, ["roles"] = new JsonArray([.. roles.Select(role => (JsonNode)role)]) };
        if (life is not null)
        {
            body["expiresIn"] = life;
        }

        return KeyOrder.Read(JsonDocuments.Read(body.ToJsonString(), "arguments").Documents[0], errors)
            ?? throw new RefusedException([.. errors.Select(error => InputError.Argument(error.Code, error.Field, error.Value, error.Allowed, error.Message))]);
    }
}
