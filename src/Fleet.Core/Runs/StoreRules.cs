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

    /// <summary>Whether a stored run keeps a new one from being created: a pool has one run at a time.</summary>
    public static bool Excludes(Run stored, Run created)
    {
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(created);
        return created.Pool is not null && (stored.Cluster, stored.Pool) == (created.Cluster, created.Pool) && stored.Id != created.Id && !stored.Phase.IsFinal();
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
}
