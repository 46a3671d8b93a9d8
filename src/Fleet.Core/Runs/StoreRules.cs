namespace Fleet.Core.Runs;

/// <summary>What every implementation of <see cref="IRunStore"/> refuses, in the same words.</summary>
public static class StoreRules
{
    /// <summary>Refuses to create a run that is not in phase pending at version 0.</summary>
    public static void CheckNew(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Phase != RunPhase.Pending || run.Version != 0)
        {
            throw new ArgumentException($"run {run.Id} is in phase {run.Phase} at version {run.Version}; a new run is pending at version 0", nameof(run));
        }
    }

    /// <summary>The line that a journal is replaced by when its time is over.</summary>
    /// <param name="now">Policy time.</param>
    /// <param name="lines">How many lines it had.</param>
    public static JournalEntry Forgotten(DateTimeOffset now, long lines) => new(now, "retention", "journal", $"the {lines} lines before this one were removed, as the server's settings keep journals no longer (retention.journal)");

    /// <summary>Of the runs under a key the caller's own, or one from before starters were kept; null for neither.</summary>
    public static Run? Under(IEnumerable<Run> runs, string? caller) => runs.Where(run => run.StartedBy is null || run.StartedBy == caller).OrderBy(run => run.StartedBy is null).FirstOrDefault();

    /// <summary>The run that has a new run's key already.</summary>
    /// <param name="created">The new run.</param>
    /// <param name="found">The run of its key; null where there is none.</param>
    /// <exception cref="RunKeyReusedException">It was ordered otherwise.</exception>
    public static Run? Repeated(Run created, Run? found)
    {
        ArgumentNullException.ThrowIfNull(created);
        return found is null || found.OrderDigest == created.OrderDigest ? found : throw new RunKeyReusedException(found);
    }

    /// <summary>A new run in its place in its pool's queue.</summary>
    /// <param name="created">The new run.</param>
    /// <param name="underWay">The runs of its pool that have not ended.</param>
    /// <param name="whenUnderWay">What becomes of it when there are any.</param>
    /// <exception cref="RunUnderWayException">It may not wait for them.</exception>
    public static Run Placed(Run created, IReadOnlyList<Run> underWay, WhenUnderWay whenUnderWay)
    {
        ArgumentNullException.ThrowIfNull(created);
        if (underWay.MinBy(run => run.Turn) is not { } first)
        {
            return created with { Turn = 0 };
        }

        Judge(underWay, whenUnderWay);
        return created with { Turn = underWay.Max(run => run.Turn) + 1, Reasons = [Queued(first)] };
    }

    /// <summary>Refuses a new run that may not wait for those of its pool.</summary>
    /// <param name="underWay">The runs of its pool that have not ended.</param>
    /// <param name="whenUnderWay">What becomes of it when there are any.</param>
    /// <exception cref="RunUnderWayException">It may not.</exception>
    public static void Judge(IReadOnlyList<Run> underWay, WhenUnderWay whenUnderWay)
    {
        if (underWay.MinBy(run => run.Turn) is not { } first)
        {
            return;
        }

        var queued = underWay.FirstOrDefault(run => run.Turn > first.Turn && run.Request != RunRequest.Cancel);
        if (whenUnderWay == WhenUnderWay.Refuse || (whenUnderWay == WhenUnderWay.Queue && queued is not null))
        {
            throw new RunUnderWayException(first, queued);
        }
    }

    /// <summary>The first in the queue of a run's pool, where that is another; null where the run is the first.</summary>
    /// <param name="run">The run.</param>
    /// <param name="unfinished">Runs that have not ended, of its pool and of others.</param>
    public static Run? Ahead(Run run, IEnumerable<Run> unfinished)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Pool is null ? null : unfinished.Where(other => (other.Cluster, other.Pool) == (run.Cluster, run.Pool) && other.Turn < run.Turn).MinBy(other => other.Turn);
    }

    /// <summary>There is a run of that id already.</summary>
    public static InvalidOperationException Exists(string runId) => new($"run {runId} exists already");

    /// <summary>There is no run of that id.</summary>
    public static KeyNotFoundException Unknown(string runId) => new($"there is no run {runId}");

    /// <summary>Why a commit or an append came too late.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="stored">What the store has now; null where there is no such run.</param>
    /// <param name="fencing">The fencing number that the caller holds.</param>
    /// <param name="version">The version that the caller decided on; null where it does not matter.</param>
    public static RunLostException Lost(string runId, (long Version, long Fencing, string? Owner)? stored, long fencing, long? version) =>
        new(runId, stored switch
        {
            null => "there is no such run",
            { Owner: null } => "its lease has been given back",
            { } now when now.Fencing != fencing => $"{now.Owner} holds the lease with fencing number {now.Fencing}, not {fencing}",
            { } now => $"it stands at version {now.Version}, not {version}",
        });

    private static Reason Queued(Run first) => new()
    {
        Code = "queued",
        Object = $"run {first.Id}",
        Sentence = $"run {first.Id} is under way on {first.Place}; this one begins when it has ended",
        Limit = first.Pool == Run.AllRecipes ? "one sweep at a time" : first.Cluster.Length == 0 ? "one build of a recipe at a time" : "one run of a pool at a time",
        Cure = $"wait for run {first.Id}, or cancel it",
    };
}
