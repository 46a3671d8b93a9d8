using System.CommandLine;
using Fleet.Cli.Runs;
using Fleet.Core.Runs;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs pause ID</c>.</summary>
internal static class RunsPauseCommand
{
    public static Command Create(Scope scope) => RunRequests.Create(
        scope,
        new ExampleCommand("pause", "Halt a run at the next safe point; 'fleet runs resume' goes on.", "fleet runs pause RUN", "fleet runs pause RUN --yes"),
        RunRequest.Pause);
}
