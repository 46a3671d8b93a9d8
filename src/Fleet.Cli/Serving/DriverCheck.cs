using Fleet.Core.Runs;

namespace Fleet.Cli.Serving;

/// <summary>Who drives runs of a state file that a service shall take over.</summary>
internal static class DriverCheck
{
    /// <summary>How the names of services begin.</summary>
    public const string ServiceOwner = "service-";

    /// <summary>
    /// Refuses a state file with a run that a command in the foreground drives. Of services there is one per state file, so that the lease of another is of one that was killed: it is given back, and nobody waits for its end.
    /// </summary>
    /// <param name="store">The runs of the state file, whose service lock the caller holds.</param>
    /// <param name="path">The state file.</param>
    /// <param name="wall">The wall clock.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    public static async Task TakeOverAsync(IRunStore store, string path, TimeProvider wall, CancellationToken cancellationToken)
    {
        foreach (var run in await store.ListAsync(null, null, unfinishedOnly: true, cancellationToken).ConfigureAwait(false))
        {
            if (await store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false) is not { } lease || lease.Expires <= wall.GetUtcNow())
            {
                continue;
            }

            if (!lease.Owner.StartsWith(ServiceOwner, StringComparison.Ordinal))
            {
                throw RefusedException.Because(
                    "driven-elsewhere", "--state", path, null, $"run {run.Id} on {run.Place} of {path} is driven by {lease.Owner}; wait for it, or leave it there with Ctrl-C twice: the service goes on with it");
            }

            await store.ReleaseLeaseAsync(run.Id, lease.Owner, cancellationToken).ConfigureAwait(false);
        }
    }
}
