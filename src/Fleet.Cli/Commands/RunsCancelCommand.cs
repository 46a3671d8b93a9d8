using System.CommandLine;
using Fleet.Cli.Runs;
using Fleet.Core.Runs;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs cancel ID</c>.</summary>
internal static class RunsCancelCommand
{
    public static Command Create(Scope scope) => RunRequests.Create(
        scope,
        new ExampleCommand("cancel", "End a run: nodes that are under way are finished, nothing is left undone, the rest stays as it is.", "fleet runs cancel RUN", "fleet runs cancel RUN --yes"),
        RunRequest.Cancel);
}
