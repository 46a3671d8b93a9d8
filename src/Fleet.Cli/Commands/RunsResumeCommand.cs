using System.CommandLine;
using Fleet.Cli.Runs;
using Fleet.Core.Runs;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs resume ID</c>.</summary>
internal static class RunsResumeCommand
{
    public static Command Create(Scope scope) => RunRequests.Create(
        scope,
        new ExampleCommand("resume", "Let a paused or stopped run go on.", "fleet runs resume RUN", "fleet runs resume RUN --yes"),
        RunRequest.Resume);
}
