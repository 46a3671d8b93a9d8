namespace Fleet.Core.Runs;

/// <summary>A pool has a run that has not ended, and a pool has one run at a time.</summary>
/// <param name="run">The run under way.</param>
public sealed class RunUnderWayException(Run run) : InvalidOperationException($"run {run.Id} is under way on {run.Cluster}/{run.Pool}, and a pool has one run at a time")
{
    /// <summary>The run under way.</summary>
    public Run Run { get; } = run;
}
