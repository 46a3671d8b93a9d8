using System.CommandLine;
using Fleet.Cli.Runs;
using Fleet.Core.Runs;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs approve ID</c>.</summary>
internal static class RunsApproveCommand
{
    public static Command Create(Scope scope) => RunRequests.Create(
        scope,
        new ExampleCommand("approve", "Let a run pass the gate at which it stopped for approval (spec.approval of its pool).", "fleet runs approve RUN", "fleet runs approve RUN --yes"),
        RunRequest.Approve);
}
