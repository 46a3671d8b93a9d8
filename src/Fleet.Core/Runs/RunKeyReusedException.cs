namespace Fleet.Core.Runs;

/// <summary>A caller's key belongs to a run that was ordered otherwise.</summary>
/// <param name="run">The run that has the key.</param>
public sealed class RunKeyReusedException(Run run) : InvalidOperationException($"run {run.Id} was ordered under the key '{run.Key}', and otherwise than now")
{
    /// <summary>The run that has the key.</summary>
    public Run Run { get; } = run;
}
