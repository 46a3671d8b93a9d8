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
        var id = RunLookup.Argument();
        var command = new ExampleCommand(
            "watch", "Show a run while it goes on, until it ends or a person must act. The exit code is the run's: 0 succeeded, 1 failed or cancelled, 3 it stands.", "fleet runs watch RUN") { id };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var store = scope.OpenStore(parsed);
            var run = await RunLookup.FindAsync(store, parsed.GetValue(id)!, cancellationToken).ConfigureAwait(false);
            var display = RunDisplays.For(scope.Context, quiet: scope.Format(parsed) is OutputFormat.Json or OutputFormat.Yaml);
            var follower = new RunFollower(store, scope.Context.Wall);
            var never = new TaskCompletionSource();
            await display.ShowAsync(show => follower.FollowAsync(run.Id, show, seen => Task.FromResult(seen.Rests), never.Task, cancellationToken)).ConfigureAwait(false);
            run = (await store.GetAsync(run.Id, cancellationToken).ConfigureAwait(false))!;
            RunEnd.Write(scope, parsed, run, await store.LedgerAsync(run.Id, cancellationToken).ConfigureAwait(false));
            return RunDriving.ExitCodeOf(run);
        });
        return command;
    }
}
