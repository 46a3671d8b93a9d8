using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet keys revoke ID</c>.</summary>
internal static class KeysRevokeCommand
{
    public static Command Create(Scope scope)
    {
        var id = new Argument<string>("ID") { Description = "The key's id, as fleet keys list shows it" };
        var command = new ExampleCommand("revoke", "Take an API key back; it is refused from now on.", "fleet keys revoke 0123456789ab") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var name = parsed.GetValue(id)!;
            if (!await backend.RevokeKeyAsync(name, cancellationToken).ConfigureAwait(false))
            {
                throw RefusedException.Because("not-found", "ID", name, null, $"there is no key '{name}'; 'fleet keys list' shows all");
            }

            await scope.Context.Error.WriteLineAsync("Taken back.").ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
