using Fleet.Core.Runs;

namespace Fleet.Cli.Serving;

/// <summary>Whether somebody else drives runs of a state file that a service shall take over.</summary>
internal static class DriverCheck
{
    /// <summary>How the names of services begin. Of these there is one per state file, so that the lease of another is of one that is dead.</summary>
    public const string ServiceOwner = "service-";

    /// <summary>Refuses a state file with a run that a command in the foreground drives.</summary>
    public static async Task RefuseLiveAsync(IRunStore store, string path, TimeProvider wall, CancellationToken cancellationToken)
    {
        foreach (var run in await store.ListAsync(null, null, unfinishedOnly: true, cancellationToken).ConfigureAwait(false))
        {
            var lease = await store.LeaseAsync(run.Id, cancellationToken).ConfigureAwait(false);
            if (lease is not null && lease.Expires > wall.GetUtcNow() && !lease.Owner.StartsWith(ServiceOwner, StringComparison.Ordinal))
            {
                throw RefusedException.Because(
                    "driven-elsewhere", "--state", path, null, $"run {run.Id} on {run.Cluster}/{run.Pool} of {path} is driven by {lease.Owner}; wait for it, or leave it there with Ctrl-C twice: the service goes on with it");
            }
        }
    }
}
