namespace Fleet.Core.Runs;

/// <summary>A pool cannot be forgotten while it has a run that has not ended: the run would go on, on a pool that nobody sees.</summary>
/// <param name="run">The run under way.</param>
public sealed class PoolInUseException(Run run) : InvalidOperationException($"run {run.Id} is under way on {run.Place}; wait for it or cancel it first")
{
    /// <summary>The run under way.</summary>
    public Run Run { get; } = run;
}
