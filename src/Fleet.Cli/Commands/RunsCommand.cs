using System.CommandLine;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs</c>: the noun; its verbs are files of their own.</summary>
internal static class RunsCommand
{
    public static Command Create(Scope scope) => new("runs", "Show runs, and ask something of them.")
    {
        RunsListCommand.Create(scope),
        RunsShowCommand.Create(scope),
        RunsEventsCommand.Create(scope),
        RunsWatchCommand.Create(scope),
        RunsPauseCommand.Create(scope),
        RunsResumeCommand.Create(scope),
        RunsCancelCommand.Create(scope),
        RunsApproveCommand.Create(scope),
    };
}
