using Fleet.Core.Runs;
using Fleet.Hosting.Documents;

namespace Fleet.Cli.Runs;

/// <summary>Runs that should go on and that nobody drives, because their process has died or was left.</summary>
internal static class Orphans
{
    /// <summary>Why such a run does not go on; null for one that is driven, rests or has ended.</summary>
    /// <param name="run">The run.</param>
    /// <param name="lease">Its lease; null when nobody has ever driven it.</param>
    /// <param name="now">The wall clock.</param>
    public static Reason? ReasonOf(Run run, RunLease? lease, DateTimeOffset now)
    {
        var rests = run.Phase.IsFinal() || (run.Phase.Stands() && run.Request == RunRequest.None);
        if (rests || lease?.Expires > now)
        {
            return null;
        }

        return new Reason
        {
            Code = "not-driven",
            Object = $"run {run.Id}",
            Sentence = "nobody drives the run; what follows is how it was last seen",
            Limit = "one driver, under the run's lease",
            Value = lease is null ? "no lease" : $"the lease of {lease.Owner} ended at {RunDocument.Instant(lease.Expires)}",
            Cure = $"'{TakingUp.Command(run)}' takes it up where it stands",
        };
    }
}
