using System.CommandLine;
using Fleet.Cli.Output;
using Fleet.Cli.Rotations;
using Fleet.Cli.Runs;

namespace Fleet.Cli.Commands;

/// <summary><c>fleet runs watch ID</c>.</summary>
internal static class RunsWatchCommand
{
    public static Command Create(Scope scope)
    {
        var id = RunLookup.Argument(scope);
        var command = new ExampleCommand(
            "watch", "Show a run while it goes on, until it ends or a person must act. The exit code is the run's: 0 succeeded, 1 failed or cancelled, 3 it stands.", "fleet runs watch RUN") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var backend = scope.Open(parsed);
            var (run, _, _) = await RunLookup.FindAsync(backend, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var display = RunDisplays.For(scope.Context, quiet: scope.Format(parsed) is OutputFormat.Json or OutputFormat.Yaml);
            await display.ShowAsync(show => backend.FollowAsync(run.Id, show, cancellationToken)).ConfigureAwait(false);
            var ended = (await backend.RunAsync(run.Id, cancellationToken).ConfigureAwait(false))!;
            RunEnd.Write(scope, parsed, ended.Run, ended.Ledger);
            return RunDriving.ExitCodeOf(ended.Run);
        });
        return command;
    }
}
