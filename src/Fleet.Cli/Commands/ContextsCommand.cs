using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet contexts</c>: the noun; its verbs are files of their own.</summary>
internal static class ContextsCommand
{
    public static Command Create(Scope scope) => new("contexts", "The servers that fleet login made known, and which of them commands work on.")
    {
        ContextsListCommand.Create(scope),
        ContextsUseCommand.Create(scope),
        ContextsShowCommand.Create(scope),
        ContextsDeleteCommand.Create(scope),
    };
}
