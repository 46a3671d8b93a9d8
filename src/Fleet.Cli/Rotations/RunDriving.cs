using Fleet.Core.Runs;
using Fleet.Hosting.Connections;
using Fleet.Hosting.Rotations;

namespace Fleet.Cli.Rotations;

/// <summary>Drives a run in the foreground while it is shown: the first interrupt pauses it, the second leaves it.</summary>
internal static class RunDriving
{
    /// <summary>Drives a run until it ends or stands.</summary>
    /// <returns>The run as it stands.</returns>
    /// <exception cref="RunLostException">Somebody else drives it.</exception>
    /// <exception cref="OperationCanceledException">It was left; it goes on when it is taken up again.</exception>
    public static async Task<Run> DriveAsync(CliContext context, RotationHost host, IRunStore store, ClusterConnection connection, Run run, IRunDisplay display, CancellationToken cancellationToken)
    {
        context.Interrupts?.TakeNext(() =>
        {
            context.Error.WriteLine("Asked to pause at the next safe point; interrupt again to leave at once.");
            _ = store.RequestAsync(run.Id, RunRequest.Pause, CancellationToken.None);
        });
        var driving = host.DriveAsync(run.Id, connection, cancellationToken);
        var follower = new RunFollower(store, context.Wall);
        await display.ShowAsync(show => follower.FollowAsync(run.Id, show, _ => Task.FromResult(false), driving, CancellationToken.None)).ConfigureAwait(false);
        return await driving.ConfigureAwait(false);
    }

    /// <summary>The exit code for a run that rests.</summary>
    public static int ExitCodeOf(Run run) => run.Phase switch
    {
        RunPhase.Succeeded => ExitCode.Done,
        RunPhase.Failed or RunPhase.Cancelled => ExitCode.Failed,
        _ => ExitCode.Stands,
    };
}
