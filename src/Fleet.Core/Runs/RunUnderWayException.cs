namespace Fleet.Core.Runs;

/// <summary>A pool has a run that has not ended, and a pool has one run at a time.</summary>
/// <param name="run">The run under way.</param>
/// <param name="queued">The run that waits for it, where one does.</param>
public sealed class RunUnderWayException(Run run, Run? queued = null) : InvalidOperationException(
    $"run {run.Id} is under way on {run.Place}, and {(run.Pool == Run.AllRecipes ? "there is one sweep" : run.Cluster.Length == 0 ? "a recipe has one run" : "a pool has one run")} at a time{(queued is null ? "" : $"; run {queued.Id} waits for it already, and only one may wait")}")
{
    /// <summary>The run under way.</summary>
    public Run Run { get; } = run;

    /// <summary>The run that waits for it; null for none.</summary>
    public Run? Queued { get; } = queued;
}
