using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet keys</c>: the noun; its verbs are files of their own.</summary>
internal static class KeysCommand
{
    public static Command Create(Scope scope) => new("keys", "Make API keys of the service, say whose they are, list them and take them back.")
    {
        KeysCreateCommand.Create(scope),
        KeysAssignCommand.Create(scope),
        KeysListCommand.Create(scope),
        KeysRevokeCommand.Create(scope),
    };
}
