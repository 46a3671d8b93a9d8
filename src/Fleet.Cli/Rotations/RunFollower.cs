using Fleet.Core.Runs;

namespace Fleet.Cli.Rotations;

/// <summary>Follows a run in the store, whoever drives it: in this process, or in another one.</summary>
internal sealed class RunFollower(IRunStore store, TimeProvider wall)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Hands out a snapshot whenever the run has changed, and a last one at the end.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="show">Takes snapshots.</param>
    /// <param name="enough">Looked at after each snapshot: whether to end.</param>
    /// <param name="end">Ends it too.</param>
    /// <param name="cancellationToken">Ends it with an exception.</param>
    public async Task FollowAsync(string runId, Action<RunSnapshot> show, Func<Run, Task<bool>> enough, Task end, CancellationToken cancellationToken)
    {
        var (version, sequence) = (-1L, 0L);
        while (true)
        {
            var last = end.IsCompleted;
            if (await store.GetAsync(runId, cancellationToken).ConfigureAwait(false) is not { } run)
            {
                return;
            }

            var fresh = await store.JournalAsync(runId, sequence, cancellationToken).ConfigureAwait(false);
            if (run.Version != version || fresh.Count > 0)
            {
                (version, sequence) = (run.Version, fresh.Count > 0 ? fresh[^1].Sequence : sequence);
                show(RunSnapshot.Of(run, fresh));
            }

            if (last || await enough(run).ConfigureAwait(false))
            {
                return;
            }

            await Task.WhenAny(end, Task.Delay(Interval, wall, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }
}
